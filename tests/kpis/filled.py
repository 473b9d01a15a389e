"""Forms of figures as somebody fills them in."""


def typed(desk, form, **boxes):
    """What a browser sends of the page as it stands now, with these boxes typed into."""
    return {"shown": desk.get(form).context["form"].shown, **boxes}

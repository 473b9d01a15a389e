from django import forms


class NameAtSignUp(forms.Form):
    """What sign-up asks beside the address and the password."""

    name = forms.CharField(label="Full name", max_length=120)

    def signup(self, request, user) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])

"""Addresses of a vote's pages, and the words that come back."""

from django.urls import reverse


def address(name, ballot):
    return reverse(f"voting:{name}", args=[ballot.reference])


def text_of(response):
    return " ".join(response.content.decode().split())

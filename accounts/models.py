from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from accounts.addresses import is_placeholder
from core import clock
from core.privacy import OnErasure, Personal, Privacy


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: an e-mail address and a name, no user name."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"

    privacy = Privacy(
        subject="pk",
        personal={
            "email": Personal(
                "E-mail address",
                "To sign you in and write to you",
                "You and the secretariat",
                "Until you close your account",
                OnErasure.CLEAR,
            ),
            "name": Personal(
                "Name",
                "So that others know who they work with",
                "People who are signed in",
                "Until you close your account",
                OnErasure.CLEAR,
            ),
            "job_title": Personal(
                "Job title",
                "So that others know who they work with",
                "People who are signed in",
                "Until you close your account",
                OnErasure.CLEAR,
            ),
            "password": Personal(
                "Password, hashed", "To sign you in", "Nobody", "Until you change it", OnErasure.CLEAR
            ),
        },
    )

    class Meta:
        ordering = ["name", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or ("Former member" if self.erased_at else self.email.partition("@")[0])

    @property
    def address(self) -> str:
        """Where mail reaches them; empty for who said no address at the desk of an event, or closed their account."""
        return "" if is_placeholder(self.email) else self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).partition(" ")[0]


AnyUser: TypeAlias = User | AnonymousUser


def display_name(user: User) -> str:
    """The name by which allauth's pages and mails call a person."""
    return str(user)


class SentForm(models.Model):
    """A form that has been sent and counted, so that it counts once. Holds neither its sender nor its content."""

    key = models.CharField(max_length=64, unique=True, help_text="Digest of the person, the address and the token")
    body = models.CharField(max_length=64, help_text="Digest of what was typed")
    answer = models.TextField(blank=True, help_text="Where the first post led")
    sent_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(impersonal=("key", "body", "answer"))

    class Meta:
        # Every post of a form looks for the newest with the same words.
        indexes = [models.Index(fields=["body", "sent_at"], name="sent_forms_by_their_words")]

    def __str__(self) -> str:
        return f"A form that led to {self.answer}"

"""Drafts shown to somebody without an account by a link, and what they remark."""

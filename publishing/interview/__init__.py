"""Ten questions, one a page, of which a case study is made."""

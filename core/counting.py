"""Counts as subqueries, computed only for the rows that are shown."""

from django.db.models import Count, IntegerField, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet, of: str = "pk") -> Coalesce:
    """How many distinct `of` the subquery `rows` has; 0 where it has none.

    A join would count the same, but for every row of the table before the first twenty are chosen.
    """
    counted = rows.order_by().annotate(_all=Value(1)).values("_all")
    number = counted.annotate(_n=Count(of, distinct=True)).values("_n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def sum_of(rows: QuerySet, field: str) -> Coalesce:
    """The sum of a number over the subquery `rows`; 0 where it has none."""
    summed = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_n=Sum(field)).values("_n")
    return Coalesce(Subquery(summed, output_field=IntegerField()), 0)

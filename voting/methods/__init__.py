"""The methods of voting: how a vote is checked, counted and explained, over plain values that know no rows."""

from voting.methods.approval import Approval
from voting.methods.base import Method
from voting.methods.budget import Budget
from voting.methods.dots import Dots
from voting.methods.matrix import Matrix
from voting.methods.ranked import Ranked
from voting.methods.score import Score
from voting.methods.single import Single

METHODS: dict[str, Method] = {
    method.key: method for method in (Single(), Approval(), Dots(), Score(), Ranked(), Matrix(), Budget())
}

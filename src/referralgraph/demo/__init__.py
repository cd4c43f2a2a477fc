"""A fictional country to try everything on: invented people, companies and bodies, and a story with known answers."""

from referralgraph.demo.country import Country, Export, Listing, Team, Truth, generate
from referralgraph.demo.plot import Question

__all__ = ["Country", "Export", "Listing", "Question", "Team", "Truth", "generate"]

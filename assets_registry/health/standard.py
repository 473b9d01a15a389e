"""The criteria of the Standard for Public Code with what each asks without exception (its MUSTs), in short words.

Source: the checklist of version 0.8.0, https://www.standardforpubliccode.org/docs/checklist.html, CC0 1.0. The standard
is a draft; its recommendations (SHOULD) are not listed, and one criterion has nothing else: there the owner says that
they were weighed. An answer keeps the version that it was given to. Keys are stored: one that goes is not used again.
"""

from dataclasses import dataclass

VERSION = "0.8.0"
SOURCE = "https://www.standardforpubliccode.org/docs/checklist.html"


@dataclass(frozen=True)
class Requirement:
    """One MUST, in short."""

    key: str
    words: str


@dataclass(frozen=True)
class Criterion:
    """One of the criteria."""

    key: str
    title: str
    musts: tuple[Requirement, ...]


def _criterion(key: str, title: str, **musts: str) -> Criterion:
    return Criterion(key, title, tuple(Requirement(each, words) for each, words in musts.items()))


CRITERIA = (
    _criterion(
        "code-in-the-open", "Code in the open",
        software="All code of software in use is published, unless it detects fraud",
        policy="All code of policy in use is published, unless it detects fraud",
        sensitive="It holds nothing sensitive about users, the organisation or others",
    ),
    _criterion(
        "bundle-policy-and-source-code", "Bundle policy and source code",
        policy="The policy that the code rests on is part of it",
        code="Code that a policy rests on is part of it, unless it detects fraud",
    ),
    _criterion(
        "make-the-codebase-reusable-and-portable", "Make the codebase reusable and portable",
        contexts="It is made to be reused in other places",
        independent="It can be run and understood without anything secret, proprietary or not openly licensed",
    ),
    _criterion(
        "welcome-contributors", "Welcome contributors",
        suggestions="Anybody can suggest changes",
        guidelines="Guidelines say which contributions are welcome and how to take part",
        governance="It says how the code, the contributions and the community are governed",
    ),
    _criterion(
        "make-contributing-easy", "Make contributing easy",
        tracker="A public list of issues takes suggestions from anybody",
        links="The documentation links to that list and to the changes handed in",
        channels="Users and developers have channels to talk",
        security="Security problems can be reported in confidence",
        how="The documentation says how to report them",
    ),
    _criterion(
        "maintain-version-control", "Maintain version control",
        files="All files are under version control",
        decisions="Decisions are explained in the messages of commits",
        discussions="Each of those messages links to what was discussed, where it can",
    ),
    _criterion(
        "require-review-of-contributions", "Require review of contributions",
        another="Another contributor reviews everything that goes into a release",
        everything="Reviews cover code, policy, tests and documentation",
        feedback="Whoever turns a contribution down says why",
    ),
    _criterion(
        "document-codebase-objectives", "Document codebase objectives",
        objectives="Its objectives are written down so that developers and designers understand them",
    ),
    _criterion(
        "document-the-code", "Document the code",
        functionality="All that it does, policy and code, is described in words its users understand",
        install="The documentation says how to install and run it",
        examples="The documentation shows its main functions by examples",
    ),
    _criterion(
        "use-plain-english", "Use plain English",
        languages="It says in which languages its documentation counts",
        english="English is one of them",
        up_to_date="The documentation is up to date in all of them",
        code="The code is in English, but for policy that is read as code",
        policy="Its policy, or a summary, can be had in all of them",
    ),
    _criterion(
        "use-open-standards", "Use open standards",
        exchange="Data is exchanged by standards that meet the Open Source Initiative’s requirements",
        recorded="Standards that are not open are named as such",
        listed="Each standard is listed with a link to it",
        no_hindrance="Standards that are not open do not hinder working together and reuse",
    ),
    _criterion(
        "use-continuous-integration", "Use continuous integration",
        tests="All functions of the code have automated tests",
        passed="Contributions pass all of them before they are taken in",
        structure="Guidelines say how a contribution is laid out",
        active="Active contributors can review what is handed in",
    ),
    _criterion(
        "publish-with-an-open-license", "Publish with an open licence",
        reuse="Code and documentation may be reused, changed and passed on freely",
        approved="The licence of the code is approved by the Open Source Initiative or the Free Software Foundation",
        file="The code comes with a file of its licence",
        copyright="Nobody has to hand over the copyright of what they contribute",
    ),
    _criterion(
        "make-the-codebase-findable", "Make the codebase findable",
        weighed="Its recommendations were weighed; the standard has nothing without exception here",
    ),
    _criterion(
        "use-a-coherent-style", "Use a coherent style",
        guide="It follows a style guide for code or writing, its own or one that it names",
    ),
    _criterion(
        "document-codebase-maturity", "Document codebase maturity",
        versioned="It has versions",
        ready="It says plainly whether any version is ready for use",
        dependencies="Versions that are ready rest only on versions of others that are ready too",
    ),
)  # fmt: skip

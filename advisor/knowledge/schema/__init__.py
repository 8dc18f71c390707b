"""The shape of every YAML file of the knowledge: what an author may write, checked field by field.

A file holds any of the sections of :class:`RulesFile` or :class:`QuestionsFile`; names that point from one to another
are checked in :mod:`advisor.knowledge.build`. All models are frozen: once loaded, knowledge does not change.
"""

from advisor.knowledge.schema.base import (
    MODELS,
    PHASES,
    Authored,
    Basis,
    Level,
    Limit,
    Model,
    Name,
    Phase,
    Points,
    Premises,
    Priority,
    QuestionType,
    Role,
    VerdictName,
)
from advisor.knowledge.schema.checks import CrossCheck, Doubt
from advisor.knowledge.schema.findings import (
    AnyFinding,
    Approach,
    Benefit,
    Blocker,
    Caution,
    Condition,
    Finding,
    Function,
    LegalCheck,
    Lighter,
    Misconception,
    Need,
    Option,
    Practice,
    PracticeGroup,
    ProjectStage,
    Risk,
    Strikes,
    Timing,
)
from advisor.knowledge.schema.products import Product
from advisor.knowledge.schema.project import ProjectScheme
from advisor.knowledge.schema.questions import Edition, Merging, Question, Retired, Scale, Section, Topic, Written
from advisor.knowledge.schema.rules import (
    CONCLUSIONS,
    KINDS,
    AnyConclusion,
    ApproachThen,
    BenefitThen,
    BlockerThen,
    Cases,
    CautionThen,
    Conclusion,
    ConditionThen,
    EvidenceThen,
    FunctionThen,
    LegalCheckThen,
    LighterThen,
    MisconceptionThen,
    NeedThen,
    OptionThen,
    PracticeThen,
    Review,
    RiskThen,
    Rule,
    TaskThen,
)
from advisor.knowledge.schema.scores import Score, ScoreInput, factor_names, room
from advisor.knowledge.schema.selecting import AdviserQuestion, CostScheme, SelectionScheme, TenderPart
from advisor.knowledge.schema.sources import Claim, Context, Disagreement, External, Release, Side, Source
from advisor.knowledge.schema.tasks import Raise, Task, Work
from advisor.knowledge.schema.value import ValueScheme
from advisor.knowledge.schema.vocabulary import (
    Band,
    BandStep,
    GradeLabels,
    ModelKind,
    ModelScheme,
    ProjectFact,
    VerdictScheme,
)
from advisor.knowledge.schema.weightings import Weighting
from advisor.text import Text

__all__ = [
    "CONCLUSIONS",
    "KINDS",
    "MODELS",
    "PHASES",
    "AdviserQuestion",
    "AnyConclusion",
    "AnyFinding",
    "Approach",
    "ApproachThen",
    "Authored",
    "Band",
    "BandStep",
    "Basis",
    "Benefit",
    "BenefitThen",
    "Blocker",
    "BlockerThen",
    "Cases",
    "Caution",
    "CautionThen",
    "Claim",
    "Conclusion",
    "Condition",
    "ConditionThen",
    "Context",
    "CostScheme",
    "CrossCheck",
    "Disagreement",
    "Doubt",
    "Edition",
    "EvidenceThen",
    "External",
    "Finding",
    "Function",
    "FunctionThen",
    "GradeLabels",
    "LegalCheck",
    "LegalCheckThen",
    "Level",
    "Lighter",
    "LighterThen",
    "Limit",
    "Merging",
    "Misconception",
    "MisconceptionThen",
    "Model",
    "ModelKind",
    "ModelScheme",
    "Name",
    "Need",
    "NeedThen",
    "Option",
    "OptionThen",
    "Phase",
    "Points",
    "Practice",
    "PracticeGroup",
    "PracticeThen",
    "Premises",
    "Priority",
    "Product",
    "ProjectFact",
    "ProjectScheme",
    "ProjectStage",
    "Question",
    "QuestionType",
    "QuestionsFile",
    "Raise",
    "Release",
    "Retired",
    "Review",
    "Risk",
    "RiskThen",
    "Role",
    "Rule",
    "RulesFile",
    "Scale",
    "Score",
    "ScoreInput",
    "Section",
    "SelectionScheme",
    "Side",
    "Source",
    "Strikes",
    "Task",
    "TaskThen",
    "TenderPart",
    "Timing",
    "Topic",
    "ValueScheme",
    "VerdictName",
    "VerdictScheme",
    "Weighting",
    "Work",
    "Written",
    "factor_names",
    "room",
]


class RulesFile(Authored):
    """A file of ``rules/``: any of these sections, by theme. ``review`` holds for all its rules that say nothing else."""

    theme: Text | None = None
    review: Review | None = None
    bands: dict[Name, Band] = {}
    project_facts: dict[Name, ProjectFact] = {}
    scores: dict[Name, Score] = {}
    models: ModelScheme | None = None
    verdict: VerdictScheme | None = None
    findings: list[AnyFinding] = []
    rules: list[Rule] = []
    source: Source | None = None
    claims: dict[str, Claim] = {}
    external: dict[Name, External] = {}
    context: dict[str, Context] = {}
    disagreements: list[Disagreement] = []
    weightings: dict[Name, Weighting] = {}
    fixed: dict[Name, Text] = {}
    release: Release | None = None
    product: Product | None = None
    selection: SelectionScheme | None = None
    cost: CostScheme | None = None
    project: ProjectScheme | None = None
    value: ValueScheme | None = None
    tasks: list[Task] = []
    adviser_questions: dict[Name, AdviserQuestion] = {}
    tender: dict[Name, TenderPart] = {}


class QuestionsFile(Authored):
    """A file of ``questionnaires/``: scales, options, a section with its questions, an edition, checks of answers against
    one another, or what became of questions and steps that earlier sheets hold: ``renamed_steps`` lists, by question and
    answer, how it used to be written."""

    scales: dict[Name, Scale] = {}
    options: dict[Name, dict[Name, Text]] = {}
    section: Section | None = None
    questions: list[Question] = []
    edition: Edition | None = None
    checks: list[CrossCheck] = []
    retired: list[Retired] = []
    merges: dict[Name, Merging] = {}
    renamed_steps: dict[Name, dict[Written, list[Written]]] = {}

"""What a key put together at run time can be: for each shape, the values that take the place of its stars.

A code that is one of a few is told by its Literal or its constant in the code, so that a new one is expanded
too.
"""

from dataclasses import fields
from itertools import product

from retention.ingest.mapping import platforms
from retention.metrics import Metrics
from retention.segments import FIFTHS as EDGES, GROUPINGS, PARTS
from retention.text import keys
from retention.ui.state.settings import SETTINGS, Choice
from retention.what_if import LIMITS
from tests.text.lookups import PAGES, literal, literal_of, named, named_by, passed, spoken_of

# Settings whose buttons are worded elsewhere: each stands among groups of the file
ASKED = literal("Question", "path")
FIFTHS = set("12345")
THRESHOLDS = {f"{part}_{n}" for part in PARTS for n in EDGES}  # a label and no help for all of one kind
UNLABELLED = {
    "segments_of",
    "value_by",
    "risk_by",
    *(f"answer_{question}" for question in ASKED),
    *THRESHOLDS,
}
LABELLED = SETTINGS.keys() - UNLABELLED
WITHOUT_HELP = {"reach_column", "reach_segment"}  # a list of the file's own names
CHOICES = {name: setting.options for name, setting in SETTINGS.items() if isinstance(setting, Choice)}
OPTIONS = {(name, option) for name in LABELLED & CHOICES.keys() for option in CHOICES[name]}
STEPS = CHOICES["step"]  # periods but for the shortest
COHORTS = CHOICES["period"]
WAYS = [
    *product(("map_dates",), ("day_first", "month_first")),
    *product(("map_decimal",), literal("Decimal")),
    *product(("map_once",), ("rows", "order")),
    *product(("map_cents",), ("as_written", "cents")),
]
SWITCHES = {"keep_zero", "drop_duplicates", "drop_reversed"}
METRICS = {
    *product(("acquisition",), ("cac", "most", "ltv_expected", "ltv_realised", "payback_month")),
    *product(("dropoff",), ("goes_on", "median", "to_ask", "trigger")),
    *product(("products",), ("differ", "rate", "sooner", "worth")),
    *product(("lifetime_value",), ("alive", "best", "purchases", "total")),
    *product(("lifetime_value",), ("purchases_corrected", "total_corrected")),
    *product(("subscriptions",), ("active", "gross", "net", "now")),
    *product(
        ("simulator",),
        (
            "most_budget",
            "most_cost",
            "pays_back",
            "profit_after",
            "profit_before",
            "safe_budget",
        ),
    ),
}
PICKED = {("audit", name) for name in ("against", "cohort", "last")}

CHECKS = literal("CheckCode")
SWITCHED = {"duplicates", "reversed_orders"}  # checks that can be answered, and the answer taken back
ANSWERED = {"large_customer", "last_month_cut_short"}  # once answered they are not found any more
CLAIMS = passed("Claim", 0)
FOOTINGS = literal("FootingCode")
GROUPS = named("GROUPS")
OCCASIONS = literal("Occasion")
KINDS = literal("PurchaseKind")
MEASURES = literal("Measure", "share")
COUNTED = named("COUNTED")
AVERAGED = named("AVERAGED")
PLACES = {  # where a change can be
    *product(("average_order",), ("all", "segment", "number")),
    *product(("followed",), ("all", "number")),
    *product(("kept", "buyers"), ("all", "segment")),
    ("back", "cohort"),
}
PLATFORMS = {platform.code for platform in platforms.PLATFORMS}
PURPOSES = named("PURPOSES")
QUESTIONS = literal_of("Question", "code")
RANGED = passed("check_range", 0)
REASONS = named("OUTCOMES", "SET_ASIDE", "LEFT_OUT", "_REASONS") - {"used"}
ROLES = literal("Role")
SIDES = ("won", "kept")
SIGNS = literal("SignName")
TRENDS = literal("Name", "churn")
UNSURE = ("", ".interval")

ERRORS = {
    *passed("InputError", 0),
    *passed("Unanswered", 0),
    *literal("EngineError"),
    *literal("SourceRefusal"),
    *passed("__init__", 0),  # by a class of its own
    *(f"{name}_out_of_range" for name in RANGED),
}
WARNINGS = {
    *passed("DataWarning", 0),
    *(f"left_truncated_{figure}" for figure in ("cac", "only", "trend", "value")),
    *(f"no_{purpose}_spend" for purpose in PURPOSES),
    *("no_new_customers", "no_retained_customers"),
    *("spend_in_incomplete_months", "spend_outside_data"),
    *("total_off", "total_within"),
    *(f"store_anew_{why}" for why in literal("Anew")),
    *("dates_swapped_back", "dates_maybe_swapped"),
    *("orders_differ_across_files", "orders_changed_across_files"),
    *(
        "amount_without_tax",
        "amount_without_tax_and_shipping",
        "customers_by_name_only",
    ),  # an export's caveats
    *("cannot_fit_purchases", "cannot_fit_spend"),  # an error that is told as a warning
}
TABLES = {*passed("table", 1) - set(CHOICES["activity"]), "simulator_margin", "simulator_retention"}
FILES = {*TABLES, *passed("download", 1), "left_out", "mapping", "not_data", "set_aside"}

# f-strings that look like a key and are none: names of files, parts of a key, places in the visit's state
NO_KEYS = {
    "*.csv",
    "*.html",
    "*.json",
    "*.po",
    "*.py",
    "*.svg",
    "interval.*",
    "*.interval",
    "*.*",
    "*.*.*.*",
    "logo.*",
}

BUILT = {
    "error.here.*": literal("SaidOtherwise"),
    "*.definition": passed("definition", 0),
    "*.help": {
        *(f"setting.{name}" for name in LABELLED & CHOICES.keys()),
        *(f"data.{way}" for way, _ in WAYS),
        *(f"{page}.{name}" for page, name in METRICS | PICKED),
    },
    "*.*.help": METRICS,
    "*.p_alive": {"lifetime_value.risk.reading"},
    "*.page": PAGES,
    "*.question": PAGES,
    "*.title*": {*product(PAGES, ("",)), ("data", ".loaded")},
    "acquisition.*": {name for page, name in METRICS if page == "acquisition"} - {"ltv_expected"},
    "account.download.*": {"left_out", "not_data", "set_aside"},
    "account.left_out.*": named("LEFT_OUT"),
    "account.not_data.*": named("KINDS") - {"data", "blank"},
    "account.reason.*": named("SET_ASIDE"),
    "acquisition.break_even.**": [*product(("expected", "realised"), UNSURE)],
    "acquisition.cost.*": {"cac", "keep", "order_new", "order_old", "paid_cac"},
    "acquisition.direction.*": literal("Direction"),
    "acquisition.headline.*": literal("Position"),
    "acquisition.headline.*.interval": {*literal("Position"), "unsure"},
    "acquisition.paid*": UNSURE,
    "acquisition.payback.*.*": {
        *product(("all", "one"), ("not_yet", "not_yet.interval", "unobserved")),
        *product(("all", "one"), ("paid", "paid.interval", "paid.open")),
        *product(set(CHOICES["payback_by"]) - {"all"}, ("all", "some")),
    },
    "acquisition.decide.*": {"even", "above", "one", "several"},
    "acquisition.ltv.**": [*product(literal("CacPosition"), ("", ".interval"))],
    "acquisition.standing.**": [*product(literal("CacPosition"), UNSURE)],
    "acquisition.success.existing.*": {*literal("Position"), "unsure"},
    "acquisition.success.prospects.*": {*literal("Position"), "unsure"},
    "acquisition.trend.*": literal("Direction"),
    "acquisition.trend.channels.*": {"cheaper", "dearer"},
    "audit.factor.*": named("FACTORS"),
    "audit.group.*": GROUPS,
    "audit.lens.*": named("LENSES"),
    "audit.one_cohort.headline*": {"", ".own"},
    "audit.one_period.reading*": {"", ".even"},
    "audit.two_periods.because.*": {"more", "less"},
    "audit.two_periods.changed*": {"", ".untold"},
    "audit.two_periods.stayed.*": literal("Stayed"),
    "audit.step.*": {"before", "lost", "less", "more", "new", "reactivated", "refunds", "after"},
    "booked.*": set(literal("Kind")) - {"zero"},
    "change.*.*.*": {(*place, way) for place, way in product(PLACES, ("up", "down"))},
    "chart.*": {
        *("keep", "win"),
        *("median", "trigger"),
        *("past", "future", "realised"),
        *("latest_year", "older", "other_segments"),
    },
    "chart.*.*": {
        *product(("cell", "segment"), MEASURES),
        *product(("cell_later", "segment_later"), COUNTED),
    },
    "chart.active.*": STEPS,
    "chart.age.*": COHORTS,
    "chart.since.*": COHORTS,
    "chart.audit.followed.*": literal("Followed"),
    "chart.drop_off.*": {"first", "later"},
    "chart.grid.*": {"margin", "retention"},
    "chart.grid.*.sentence": {"margin", "retention"},
    "chart.holdout.*.axis": {"cumulative", "weekly"},
    "chart.holdout.*.sentence": {"cumulative", "weekly"},
    "chart.matrix.*": literal("Quantity"),
    "chart.periods.*": STEPS,
    "chart.pooled*.*": {*product(("",), AVERAGED), *product(("_later",), AVERAGED & COUNTED)},
    "chart.profit.*": STEPS,
    "chart.reality.*": {"less", "more", "same"},
    "chart.revenue.*": {"revenue", "share"},
    "chart.sign.*": SIGNS,
    "chart.sign_axis.*": SIGNS,
    "chart.tornado.*": {"low", "high"},
    "chart.uplift.*": literal("UpliftKind"),
    "check.*.*": {
        *product(CHECKS, ("found",)),
        *product(SWITCHED, ("dropped", "do", "undo")),
        *product(ANSWERED, ("do",)),
    },
    "check.*.title": CHECKS,
    "claims.clause.*": named("_CLAUSES"),
    "claims.ends.*": literal("Unit", "times"),
    "claims.needs.*": {
        *("ask_customers", "leads", "lifetime_value", "longer_history", "no_footing", "no_footing_holds"),
        *("purchases", "repeat_orders", "spend", "two_periods"),
        *("resolved_complaints", "silent", "silent_but", "silent_share"),
    },
    "claims.note.*": {
        "best_20_future",
        "lost_customer",
        "repeat_spend",
        "retention_profit",
        "sell_to_existing",
        "solved_return",
    },
    "claims.note.**": [*product(("ten_times_first",), ("", ".short"))],
    "claims.said.*": CLAIMS,
    "claims.short.*": CLAIMS,
    "claims.side.*": literal("Side", "too_much"),
    "claims.source.*": CLAIMS,
    "claims.unit.*": literal("Unit", "times"),
    "claims.verdict.*": literal("Verdict", "holds"),
    "campaign.*": {"less", "more", "open"},
    "campaign.group.*": {"contact", "hold_back"},
    "campaign.model.*": {"less", "more", "open"},
    "cohorts.behind.*": {"age", "row"},
    "cohorts.compare.*": {"one", "other"},
    "cohorts.heatmap.cut.*": {"period", "segment"},
    "cohorts.headline.**": [*product(("", "later."), COHORTS)],
    "cohorts.segments.*": {"best", "both", "worst"},
    "complaints.back.*": {"fewer", "more", "open"},
    "complaints.resolved.*": {"alone", "fewer", "more", "open"},
    "coming_back.*": literal("BackKind"),
    "coming_back.*.for": literal("BackKind"),
    "coming_back.*.of": literal("BackKind"),
    "chart.reconciled.*.*": {*product(("step", "whole"), literal("Unit", "percent"))},
    "reconciled.*.*": {*product(("change", "value"), literal("Unit", "percent"))},
    "reconciled.alt.*": literal("Unit", "percent"),
    "reconciled.change.*": literal("Unit", "percent"),
    "reconciled.largest.*": literal("Unit", "percent"),
    "reconciled.said.*": literal("Unit", "percent"),
    "reconciled.same.*": literal("Unit", "percent"),
    "reconciled.step.*": literal("StepCode") | {"ours"},
    "setting.reconciled.*": literal("Figure", "customers"),
    "reconciled.untold.*": {"refund_day", "within_days"},
    "reconciled.value.*": literal("Unit", "percent"),
    "column.*": {
        *(column for column in spoken_of() if f"column.{column}" in keys("en")),  # others keep their name
        *(f"{who}_active_{when}" for who, when in product(("base", "new"), ("before", "after"))),
    },
    "customers.*": {"shows", "too_small"},
    "customers.headline.*": OCCASIONS,
    "data.*": {*SWITCHES, *(way for way, _ in WAYS)},
    "data.*.*": {*WAYS, *product(("map_dates", "map_decimal"), ("auto",))},
    "data.*.help": SWITCHES,
    "data.map_dates.*": {"day_first", "month_first"},
    "data.map_decimal.*": literal("Decimal"),
    "data.role.*": ROLES,
    "data.role.*.help": ROLES,
    "data.sample.*": literal("Sample", "shop"),
    "data.sample.*.help": literal("Sample", "shop"),
    "described.delimiter.*": {"bar", "blanks", "comma", "other", "semicolon", "tab"},
    "dropoff.*": {name for page, name in METRICS if page == "dropoff"},
    "dropoff.*.alt": {"cohort", "segment"},
    "dropoff.*.none": {"cohort", "segment"},
    "dropoff.*.reading": {"cohort", "segment"},
    "cohorts.returned*": {"", ".spend"},
    "dropoff.returned*": {"", ".spend"},
    "dropoff.basis*": {"", ".untold"},
    "data.no_order*": {"", ".zero"},
    "dropoff.waiting.alt*": {"", ".untold"},
    "dropoff.waiting.reading*": {"", ".untold"},
    "products.do.*": {"best", "none"},
    "products.headline.*": {"best", "both", "worst"},
    "products.loyal.*": {"none", "some"},
    "products.next.*": {"other", "same"},
    "overview.*": {"growing", "shrinking"},
    "dropoff.headline.*": {"both", "first", "later"},
    "earlier.*": {error for error in ERRORS if error.startswith("snapshot_")},
    "error.*": ERRORS,
    "figure.*": TRENDS,
    "figure.*.help": TRENDS,
    "figure.strict_retention.*": CHOICES["every"],
    "file.*": FILES,
    "file.list.*": OCCASIONS,
    "metric.*": {each.name for each in fields(Metrics)},
    "metric.unit.*": literal("FigureUnit"),
    "flow.*": GROUPS,
    "answer.*": literal("Answer"),
    "asked.*": ASKED,
    "rhythm.*": literal("IntervalCode"),
    "occasion.*": OCCASIONS,
    "plan.check.*": named("CHECKLIST"),
    "occasion.*.do": OCCASIONS,
    "occasion.*.who": OCCASIONS,
    "origins.side.*": {"low", "high"},
    "holdout.chance.*": {"may", "not"},
    "leaving.alt.*": literal("Outcome"),
    "leaving.chart.*": literal("Outcome"),
    "leaving.headline.*": literal("Outcome"),
    "leaving.outcome.*": literal("Outcome"),
    "leaving.reading.*": literal("Outcome"),
    "door.*": literal("Refusal"),
    "link.*": {"away", "insecure", "older", "save", "tab"},
    "lifetime_value.*": {name for page, name in METRICS if page == "lifetime_value"},
    "lifetime_value.headline.**": [*product(("corrected", "plain", "poor"), ("", ".interval"))],
    "lifetime_value.tested.*": {f"{days}.{way}" for days, way in product(("day", "days"), ("less", "more"))},
    "lifetime_value.groups.*": {*CHOICES["value_by"], *CHOICES["risk_by"]} - set(CHOICES["segments_of"]),
    "month_of_year.*": {str(month) for month in range(1, 13)},
    "naive.*": literal("Naive"),
    "next.*": passed("next_step", 0),
    "next_euro.headline.*": {*literal("Advice"), "unsure"},
    "next_euro.moved.*.*": [*product(("to_keeping", "to_winning"), ("adds", "costs"))],
    "next_euro.one_month.*": {
        "holds",
        "stay",
        "to_winning",
        "turns",
    },  # one month is the least a customer kept brings
    "next_euro.points.*": SIDES,
    "next_euro.refused.*": SIDES,
    "next_euro.rests.*": CHOICES["response_from"],
    "next_euro.split.*": {"best", "today", "unlimited"},
    "overview.headline.*": {"growing", "none", "shrinking"},
    "overview.cell.*": {"count", "money", "points"},
    "overview.cell.ends.*": literal("Unit", "rate"),
    "overview.delta.*": {"points", "relative"},
    "platform.*": PLATFORMS,
    "progress.*": named_by("heavy"),
    "playbook.*": OCCASIONS,
    "report.data.*": {"customers", "days", "orders", "rows_used"},
    "report.download.*": {"html", "pptx", "xlsx"},
    "group.*.*": {("rfm", "won_since"), *((by, group) for by, names in GROUPINGS.items() for group in names)},
    "chart.groups.*": {"above", "below", "gone", "there"},
    "chart.groups.f*": FIFTHS,
    "chart.groups.r*": FIFTHS,
    "customers.by.*": set(GROUPINGS),
    "customers.threshold.*": set(PARTS),
    "setting.threshold.*": {str(n) for n in EDGES},
    "reason.*": OCCASIONS,
    "tool.*": literal("Tool"),
    "wording.*": OCCASIONS,
    "reality.headline*": {"", ".unsure"},
    "reality.takeaway.**": [*product(literal("Side", "too_much"), ("", ".more"))],
    "reasons.alone.*": {"order", "status"},
    "reasons.rival.*": {"amount", "customer", "date", "order", "status"},
    "reasons.without.*": {"order", "status"},
    "reasons.why.*": literal("Why"),
    "question.*": QUESTIONS,
    "question.*.example": set(QUESTIONS) - {"amount_once", "cents"},
    "question.*.meaning": QUESTIONS,
    "scenarios.*": {"remove", "take"},
    "scenarios.uplift.*": literal("UpliftKind"),
    "setting.uplift.*": literal("UpliftKind", "points"),
    "setting.*": LABELLED,
    "setting.*.*": OPTIONS,
    "setting.*.help": LABELLED - WITHOUT_HELP,
    "setting.followed.*": literal("Followed"),
    "setting.kept.*": CHOICES["kept"],
    "setting.matrix.*": literal("Quantity"),
    "setting.measure.*": MEASURES,
    "setting.purchase_kind.*": KINDS,
    "share.kind.*": literal("ShareKind"),
    "share.title.*.help": literal("ShareKind"),
    "share.what.*": literal("ShareKind"),
    "sign.*": SIGNS,
    "since.*.*": {
        *product(literal("FigureName"), ("up", "down")),
        *product(literal("Against"), ("month", "months")),
    }
    - {("year", "month")},
    "since.figure.*": {"purchases", "revenue"},
    "since.left_out.*": literal("NotCompared"),
    "since.result.*": {"above", "below"},
    "sign.*.reading": SIGNS,
    "simulator.*": {name for page, name in METRICS if page == "simulator"},
    "simulator.*.*": [*product(("base", "segment"), STEPS)],
    "setting.footing.*": FOOTINGS,
    "simulator.answers.*": {"best", "range", "missed", "untried"},
    "simulator.basis.*": {"typed", *(f"interval.{footing}" for footing in FOOTINGS)},
    "simulator.claim.*": literal("Position"),
    "simulator.claim.where.*": literal("Position"),
    "simulator.claim.why.*": FOOTINGS,
    "simulator.cumulative.reading*": {"", ".cost", ".plain"},
    "simulator.curve.*": literal("OwnRisk"),
    "simulator.footing.*": FOOTINGS,
    "simulator.footing.short.*": FOOTINGS,
    "simulator.grid.*.alt": {"margin", "retention"},
    "simulator.grid.retention.reading*": {"", ".plain"},
    "simulator.headline*": {
        *("", ".interval", ".capped", ".capped.interval"),
        *(".no_dropout", ".no_effect", ".nothing"),
    },
    "simulator.input.*": {
        *("active", "bites_after", "discount_rate", "growth", "margin"),
        *("retention", "revenue", "uplift", "won", "years"),
    },
    "simulator.more.*": named("VIEWS"),
    "simulator.payback.*": STEPS,
    "simulator.instead.*": {"one", "several"},
    "simulator.others.*.*": [*product(("one", "several"), ("agree", "apart"))],
    "simulator.retention.*": {"plain", "strict", "with_pauses"},
    "simulator.foreseen.*": {"exact", "high", "low"},
    "simulator.spend*": {"", ".apart"},
    "customers.card.*": literal("Stake"),
    "customers.on_it*": {"", ".all"},
    "list.break_even.*": literal("Stake"),
    "list.left_out.*": literal("Stake"),
    "list.on_it.*": literal("Stake"),
    "plan.first.*": literal("Stake"),
    "plan.who.*": literal("Stake"),
    "simulator.rise.*": literal("UpliftKind", "points"),
    "simulator.subject.*": literal("Steps"),
    "simulator.who.*": {"base", "customer", "firm", "new"},
    "spend.*": PURPOSES,
    "subscriptions.basis.*": {"everybody", "known"},
    "status.*": {"few", "incomplete", "known", "old", "unsettled"},
    "table.*": TABLES,
    "trust.*": {*literal("Trust"), "unknown"},
    "trust.*.*": {*product(literal("Trust"), ("use",)), ("good", "purchases"), ("poor", "corrected")},
    "value.*": {"count", "money", "percent", "yes", "no"},
    "value.periods.*": STEPS,
    "verdict.*": literal("Verdict", "noise"),
    "warning.*": WARNINGS,
}

# Codes a sentence of the catalogues words itself: {reason:as fit}
WORDED = {
    "since.figure": literal("FigureName"),
    "customers.threshold": set(PARTS),
    "acquisition.usual": literal("CacPosition"),
    "account.not_data": BUILT["account.not_data.*"],
    "account.reason": REASONS,
    "audit.factor": named("FACTORS"),
    "basis": {f"{basis}.{step}" for basis, step in product(literal("Basis"), STEPS)},
    "cohorts.first_order": COHORTS,
    "claims.short": CLAIMS,
    "fit": {"nobody_repeats", "too_few_customers"},
    "flow": GROUPS,
    "interval": {"infinite_mean_spend", "spend_not_identified"},
    "kind": {
        "archive",
        "binary",
        "database",
        "document",
        "image",
        "json",
        "markup",
        "numbers",
        "pdf",
        "text",
    },
    "later": {f"{step}.{age}" for step, age in product(STEPS, (1, 2, 3))},
    "mapping": {"not_json", "other_content", "other_version", "too_long", "wrong_value"},
    "mended": ASKED,
    "month_of_year": {str(month) for month in range(1, 13)},
    "naive": literal("Naive"),
    "name": {
        *LIMITS,
        *("discount_rate", "horizon_months", "margin", "net_share", "returned_purchases", "returned_spend"),
    },
    "next_euro.side": SIDES,
    "no_holdout": {"nobody_acquired", "nobody_bought", "nobody_repeats", "too_few_customers", "too_short"},
    "nth": {"1", "2", "3", "4"},
    "nths": {"1", "2", "3", "4"},
    "order": {"True", "False"},
    "platform": PLATFORMS,
    "purpose": PURPOSES,
    "response": {
        *("at_the_ceiling", "no_bend", "no_effect", "spend_too_even", "too_few_months"),
        *("does_not_bend", "fewer_for_more", "no_spend", "nobody_more", "same_spend"),
    },
    "role": named("REQUIRED", "_NEEDED"),
    "sign": SIGNS,
    "simulator.footing.short": FOOTINGS,
    "simulator.monthly": STEPS,
    "simulator.one": STEPS,
    "tool": BUILT["tool.*"],
    "verdict": literal("Verdict", "noise"),
}

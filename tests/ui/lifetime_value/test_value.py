"""What speaks against a lifetime value: warnings of the models, notes about the shop."""

from types import SimpleNamespace as Some

from retention.errors import DataWarning, InputError
from retention.ui.lifetime_value import value as worth
from tests.ui.screens import read

OF_MODEL = DataWarning("no_acquisition_spend")
SEASONS = DataWarning("seasons_unknown", {"needed": 24, "months": 9})
OTHER = DataWarning("retention_capped")


def value(*notes, season=None, of_subscriptions=()):
    study = Some(models=Some(validity=lambda: notes), subscriptions=Some(warnings=lambda: of_subscriptions))
    return Some(customers=Some(warnings=(OF_MODEL,)), study=study, purchases=Some(season=season))


def test_what_cannot_be_told_yet_is_a_remark_and_no_warning():
    found = value(SEASONS, OTHER)
    assert worth.cautions(found) == (OF_MODEL, OTHER)
    assert read(worth.remarks, found) == ["caption warning.seasons_unknown needed=24 months=9"]
    assert worth.cautions(value()) == (OF_MODEL,)
    assert read(worth.remarks, value(OTHER)) == []


def test_a_model_that_knows_seasons_is_not_warned_of_them():
    found = value(SEASONS, DataWarning("seasonal"), OTHER, season="known")
    assert worth.cautions(found) == (OF_MODEL, OTHER)
    assert read(worth.remarks, found) == []


def test_contracts_are_told_once():
    contracts = DataWarning("contracts")
    assert worth.cautions(value(contracts)) == (OF_MODEL, contracts)
    said = (DataWarning("mostly_subscriptions"),)
    assert worth.cautions(value(contracts, of_subscriptions=said)) == (OF_MODEL,)


def test_models_that_cannot_be_fitted_end_the_page():
    def fails():
        raise InputError("nothing_loaded")

    def page(fit):
        worth.fit(Some(fit=fit))
        worth.screen.text("flows.none")

    assert read(page, fails) == ["error error.nothing_loaded"]
    assert read(page, lambda: None) == ["caption flows.none"]

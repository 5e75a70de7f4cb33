"""Two CSV files of SIRENE to one result table, with Polars: lazy scans that read only the columns they need."""

import os
import sys

units, establishments, rules, output, threads = sys.argv[1:]
os.environ["POLARS_MAX_THREADS"] = threads  # read when Polars is loaded

import polars as pl  # noqa: E402
from polars import col  # noqa: E402


def source(path):
    """The rows of a CSV file as text, with nothing left to guess."""
    return pl.scan_csv(path, infer_schema=False)


def lookup(name):
    return pl.scan_csv(f"{rules}/{name}.csv", infer_schema=False)


unit = (
    source(units)
    .select(
        "siren", form="categorieJuridiqueUniteLegale", activity="activitePrincipaleUniteLegale", scheme="nomenclatureActivitePrincipaleUniteLegale")
    .join(lookup("forms"), on="form")
    .join(lookup("excluded").with_columns(out=True), on=["family", "activity"], how="left")
    .select(
        "siren",
        family=pl.when(~(col("out").is_not_null() & col("scheme").eq_missing("NAFRev2")))
        .then("family").otherwise("rest"))
)

band = col("trancheEffectifsEtablissement")
code = col("codeCommuneEtablissement")
employs = (
    (col("caractereEmployeurEtablissement") == "O").fill_null(False)
    | ((band.str.len_bytes() == 2) & ~band.str.starts_with("N")).fill_null(False))
overseas = (code.str.starts_with("98") | code.str.slice(0, 3).is_in(["975", "977", "978"])).fill_null(False)
abroad = code.is_null() & col("codePaysEtrangerEtablissement").is_not_null()

table = (
    source(establishments)
    .filter(col("etatAdministratifEtablissement") == "A", employs, ~overseas, ~abroad)
    .select(
        "siren", code=code, band=band,
        a88=pl.when(col("nomenclatureActivitePrincipaleEtablissement") == "NAFRev2")
        .then(col("activitePrincipaleEtablissement").str.slice(0, 2)))
    .join(unit, on="siren", how="left")
    .group_by("code", "a88", "band", col("family").fill_null("F0"))
    .agg(establishments=pl.len().cast(pl.Int64))
    .join(lookup("communes"), on="code", how="left")
    .join(lookup("divisions").with_columns(known=True), on="a88", how="left")
    .join(lookup("bands"), left_on="band", right_on="code", how="left")
    .group_by(
        col("commune").fill_null("FR-COM-ZZZZZ"), pl.when("known").then("a88").otherwise(pl.lit("ZZ")).alias("a88"),
        "family", col("size").fill_null("SX"))
    .agg(
        col("establishments").sum(),
        *((col("establishments") * col(name).cast(pl.Int64).fill_null(missing)).sum().alias(name)
          for name, missing in [("low", 0), ("high", 0), ("open", 1)]))
)

if __name__ == "__main__":
    table.collect(engine="streaming").write_csv(output)

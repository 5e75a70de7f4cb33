"""Files that `essor simulate` wrote, and the commands that file them in an observatory."""

import glob
import os

# A source, and the simulated files that it takes, in the order of the imports: what is read first dates the rest.
SOURCES = {
    "sirene-units": ["fr/2???/StockUniteLegale_utf8.zip", "fr/StockUniteLegale_utf8.zip"],
    "sirene-establishments": ["fr/2???/StockEtablissement_utf8.zip", "fr/StockEtablissement_utf8.zip"],
    "kbo": ["be/2???/KboOpenData_Full.zip", "be/KboOpenData_Full.zip"],
    "workforce": ["fr/workforce_*.csv", "be/workforce_*.csv"],
    "rna": ["fr/rna_import.zip", "fr/rna_waldec.zip"],
    "nbb": ["be/nbb_accounts.csv"],
    "urssaf": ["fr/urssaf_*.csv"],
    "flores": ["fr/clap_*.csv", "fr/flores_*.csv"],
    "onss": ["be/onss_*.csv"],
    "vat": ["be/vat_turnover.csv"],
}


def imports(folder, observatory):
    """What is imported of the files of a folder, once they are there: a name and the words of the command."""
    def filed(source, files, *more):
        return ["import", source, *files, *more, "--observatory", observatory]

    for source, patterns in SOURCES.items():
        files = [path for pattern in patterns for path in sorted(glob.glob(os.path.join(folder, pattern)))]
        if files:
            yield f"import {source}", filed(source, files)
    for path in sorted(glob.glob(os.path.join(folder, "??/list_*.csv"))):
        name = os.path.basename(path)[len("list_"):-len(".csv")]
        country = os.path.basename(os.path.dirname(path))
        named = f"{name}-{country}" if name == "acteurs-locaux" else name
        yield f"import list {named}", filed("list", [path], "--list", named)

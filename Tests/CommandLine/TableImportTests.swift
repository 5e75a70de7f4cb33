import Filesystem
import TestSupport
import Testing

/// What an import says of a table beside those that are filed, and of what stands above one.
@Suite("Tables imported")
struct TableImportTests {
  @Test func `a list below a title is read, told, and read again by a build`() throws {
    let folder = try TemporaryFolder()
    let siren = SmallSirene.siren(1)
    let (unit, place) = (SmallSirene.Unit(siren, name: "ALPHA"), SmallSirene.Place(SmallSirene.siret(siren, 1)))
    for (source, text) in [
      ("sirene-units", SmallSirene.units([unit])), ("sirene-establishments", SmallSirene.establishments([place])),
    ] {
      let file = try folder.write("\(source).csv", text)
      #expect(try Program.run("import", source, file, "--observatory", folder["o"]).status == 0)
    }
    let list = "Liste des adhérents;au 1er janvier\nSIREN;Dénomination\n\(siren);Alpha\n;\n"
    let file = try folder.write("list.csv", list)
    let imported = try Program.run(
      "import", "list", file, "--list", "adherents", "--lang", "en", "--observatory", folder["o"])
    #expect(imported.status == 0, "\(imported.messages)")
    #expect(imported.messages.contains("1 line above the header is skipped"), "\(imported.messages)")
    #expect(try Program.run("build", "--observatory", folder["o"]).status == 0)
    let check = try Program.run("check", "--lang", "en", "--observatory", folder["o"])
    let row = check.output.split(separator: "\n").first { $0.hasPrefix("list/adherents") } ?? ""
    #expect(row.split(separator: " ").map(String.init).prefix(3) == ["list/adherents", "1", "1"], "\(check.output)")
  }

  @Test func `a newer table that goes on counting is told`() throws {
    let folder = try TemporaryFolder()
    let header =
      "annee;code_region;region;champ_ess;famille_ess;secteur_na88;nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale\n"
    var messages = ""
    for years in [2018...2024, 2020...2021] {
      let rows = years.map { "\($0);32;x;OUI;Associations;88;2;16;500000\n" }
      let file = try folder.write("\(years.lowerBound).csv", header + rows.joined())
      let imported = try Program.run("import", "urssaf", file, "--lang", "en", "--observatory", folder["o"])
      #expect(imported.status == 0, "\(imported.messages)")
      messages = imported.messages
    }
    #expect(
      messages.contains("for 2020–2021 the table urssaf-ess-regions-2018-2024, which is newer, counts"), "\(messages)")
  }
}

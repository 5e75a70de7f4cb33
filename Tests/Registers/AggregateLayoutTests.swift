import Diagnostics
import Filesystem
import Perimeter
import TestSupport
import Testing

@testable import Registers

/// A table is known by its first line, and a layout says how it is read.
@Suite("Layouts of publishers' tables")
struct AggregateLayoutTests {
  /// The labels of the portal instead of its technical names, without a region: the whole of France.
  @Test func `labels instead of names, France instead of regions`() throws {
    let reading = try readTable(
      "Année;Champ ESS;Famille ESS;Secteur NA88;Nombre d'établissements;Effectifs salariés moyens;Masse salariale (brute)\n"
        + "1998;NON;;01 Culture et production animale;5;7;9\n", "urssaf")
    #expect(reading.layout == "urssaf-ess-france")
    #expect(Set(reading.figures.map(\.cell.territory)) == ["FR"])
    #expect(Set(reading.figures.map(\.cell.field)) == ["rest"])
  }

  @Test func `the table of another source is told by its name`() {
    let problem = expectProblem("register.other_source", line: 1) { _ = try readTable(FirstLine.ess, "flores") }
    #expect(problem?.facts["found"] == "urssaf")
  }

  @Test func `a missing column is named with the nearest`() {
    let text =
      FirstLine.ess.replacing("masse_salariale", with: "masse_salarialle") + "2024;32;x;OUI;Associations;88;1;2;3\n"
    let problem = expectProblem("aggregate.no_layout", line: 1) { _ = try readTable(text, "urssaf") }
    #expect(problem?.facts["nearest"] == "massesalarialle")
  }

  @Test func `a table by region or by family without its column is not taken for one of the whole`() {
    let regions = FirstLine.ess.replacing("code_region", with: "region_code") + "2024;32;x;OUI;Associations;88;1;2;3\n"
    let problem = expectProblem("aggregate.no_layout", line: 1) { _ = try readTable(regions, "urssaf") }
    #expect(problem?.facts["layout"] == "urssaf-ess-regions")
    let families = FirstLine.flores.replacing("ESS_FAMILY", with: "FAMILLE") + "32;REG;Associations;OQ;NB_ETAB;2023;9\n"
    #expect(
      expectProblem("aggregate.no_layout", line: 1) { _ = try readTable(families, "flores") }?.facts["layout"]
        == "flores-ess")
  }

  @Test func `columns of one name are refused`() {
    expectProblem("table.repeated_column") {
      _ = try readTable(
        "code_commune;ape;nombre_d_etablissements_2019;effectifs_salaries_2019;effectifs_salaries_2019\n", "urssaf")
    }
  }

  @Test func `a layout without a year, a place or a measure is refused`() throws {
    let whole = try String(
      decoding: Folder.contents(of: "\(Checkout.installation.share)/sources/vat-turnover.csv"), as: UTF8.self)
    for (line, role) in [("year,annee|jaar,,\n", "year"), ("territory,ins|nis,nis,\n", "territory")] {
      try withFile("layout.csv", utf8(whole.replacing(line, with: ""))) { path in
        let problem = expectProblem("share.no_role") { _ = try AggregateLayout(path) }
        #expect(problem?.facts["role"] == role)
      }
    }
    let figures = whole.split(separator: "\n").filter { !$0.hasPrefix("measure:") }.joined(separator: "\n") + "\n"
    try withFile("layout.csv", utf8(figures)) { path in
      #expect(expectProblem("share.no_role") { _ = try AggregateLayout(path) }?.facts["role"] == "measure")
    }
  }

  /// A layout has what it takes to be read: every measure has words, every perimeter exists.
  @Test func `every layout is whole`() throws {
    let layouts = try AggregateLayouts(share: Checkout.installation.share).layouts
    #expect(Set(layouts.map(\.source)) == ["urssaf", "flores", "onss", "vat", "survey"])
    let perimeters = Set(try Checkout.perimeters.map(\.id))
    for layout in layouts {
      #expect(layout.perimeter.isEmpty || perimeters.contains(layout.perimeter), "\(layout.id)")
      #expect(
        layout.columns.contains { $0.role == .value || { if case .figure = $0 { true } else { false } }($0.role) },
        "\(layout.id)")
      #expect(layout.columns.contains { $0.role == .territory } || layout.fixedTerritory != nil, "\(layout.id)")
    }
  }
}

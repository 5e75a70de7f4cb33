import Diagnostics
import TestSupport
import Testing

@testable import Registers

/// A table may give its years in a column, or a column to each of them.
@Suite("Years of publishers' tables")
struct AggregateYearTests {
  @Test func `a column a year`() throws {
    let reading = try readTable(
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2019;nombre_d_etablissements_2020;effectifs_salaries_2019;effectifs_salaries_2020\n"
        + "59350;Lille;88;8899B Action sociale;3;4;12;s\n59355;Lomme;88;8899B;1;1;2;\n", "urssaf")
    #expect(reading.layout == "urssaf-communes")
    let lille = reading.figures.filter { $0.cell.territory == "FR-COM-59350" }
    #expect(lille.map(\.cell.year) == [2019, 2020, 2019, 2020])
    #expect(lille.map(\.value) == [3, 4, 12, nil])
    #expect(lille.map(\.isSecret) == [false, false, false, true])
    #expect(lille.allSatisfy { $0.cell.classification == "naf-rev2" && $0.cell.activity == "8899B" })
    // Lomme is a part of Lille: its code is kept, and said.
    #expect(reading.figures.contains { $0.cell.territory == "FR-COM-59355" && $0.value == nil && !$0.isSecret })
    #expect(reading.account.remarks["former_territory"] == 1)
  }

  @Test func `of a column a year, the year that is asked for`() throws {
    let text =
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2019;nombre_d_etablissements_2020;effectifs_salaries_2019;effectifs_salaries_2020\n"
      + "59350;Lille;88;8899B;3;4;12;13\n"
    #expect(try readTable(text, "urssaf", year: 2020).figures.map(\.value) == [4, 13])
    expectProblem("aggregate.other_year", line: 2) { _ = try readTable(text, "urssaf", year: 2021) }
    // A year that cannot be is no column of a year.
    expectProblem("aggregate.no_layout") {
      _ = try readTable(text.replacing("2019", with: "1899").replacing("2020", with: "2420"), "urssaf")
    }
  }

  @Test func `rows of another year come before those of the year as well as after`() throws {
    let row = { (year: Int) in "\(year);32;x;OUI;Associations;88;1;2;3\n" }
    let reading = try readTable(FirstLine.ess + row(2023) + row(2024), "urssaf", year: 2024)
    #expect(reading.figures.allSatisfy { $0.cell.year == 2024 } && reading.account.kept == 1)
  }

  @Test func `a file of another year is refused, a row of another year set aside`() throws {
    let row = { (year: Int) in "\(year);32;x;OUI;Associations;88;1;2;3\n" }
    let problem = expectProblem("aggregate.other_year", line: 2) {
      _ = try readTable(FirstLine.ess + row(2023), "urssaf", year: 2024)
    }
    #expect(problem?.facts["found"] == "2023")
    #expect(
      try readTable(FirstLine.ess + row(2024) + row(2023), "urssaf", year: 2024).account.outOfScope == ["year": 1])
  }

  /// A year that has not begun, and a name that is almost that of the others.
  @Test(
    arguments: [
      (";effectifs_salaries_2934;effectif_2019", 2), (";nombre d'établissements 2934", 1), (";population_99", nil),
      (";effectifs_salaries_2019", nil),
    ] as [(String, Int?)])
  func `columns of a year that are not read are told`(more: String, unused: Int?) throws {
    let values = String(repeating: ";9", count: more.count { $0 == ";" })
    let reading = try readTable(
      "code_commune;ape;nombre_d_etablissements_2020;effectifs_salaries_2020\(more)\n59350;8899B;4;12\(values)\n",
      "urssaf")
    #expect(reading.account.remarks["columns_unused"] == unused)
    #expect(reading.account.kept == 1)
  }
}

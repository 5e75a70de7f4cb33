import Diagnostics
import Filesystem
import Testing
import TestSupport

@testable import Registers

/// Results of surveys in the layout of the project, for both countries.
@Suite("Tables of surveys")
struct AggregateSurveyTests {
  @Test func `a column a measure, or the measure in a column: the same figures`() throws {
    let wide = try readTable(
      "code_insee;annee;famille;heures_benevolat;age_administrateurs\n"
        + "FR-REG-32;2023;total;1000;57,5\n59350;2023;associations;s;\n", "survey")
    let long = try readTable(
      "Code INSEE;Année;Famille;Mesure;Valeur\n"
        + "FR-REG-32;2023;total;volunteer_hours;1000\nFR-REG-32;2023;total;age_administrateurs;57,5\n"
        + "59350;2023;associations;heures_benevolat;s\n59350;2023;associations;board_age;\n", "survey")
    #expect(wide.layout == "survey-fr" && long.layout == "survey-fr")
    #expect(wide.figures.count == 4 && wide.account.kept == 2 && long.account.kept == 4)
    #expect(Set(wide.figures) == Set(long.figures))
    let age = wide.figures.first { $0.cell.measure == "board_age" }
    #expect(age?.value == 57.5 && age?.cell.territory == "FR-REG-32")
    // Without a column of the field, it is the ESS.
    #expect(Set(wide.figures.map(\.cell.field)) == ["ess"])
    #expect(wide.figures.first { $0.cell.territory == "FR-COM-59350" }?.cell.family == "association")
  }

  @Test func `field, quarter and sector are read where they are there`() throws {
    let reading = try readTable(
      "nis,jaar,kwartaal,veld,sector,members\n03000,2023,K2,all,88,12\n03000,2023,Q3,rest,total,7\n", "survey")
    #expect(
      reading.figures.map { "\($0.cell.quarter) \($0.cell.field) \($0.cell.classification) \($0.cell.activity)" }
        == ["2 all a88 88", "3 rest  "])
  }

  @Test func `codes of Statbel and our own, of the country of the layout alone`() throws {
    let reading = try readTable(
      "nis;annee;adherents\n11002;2023;5\nBE-REG-03000;2023;9\n01000;2023;20\nFR-REG-32;2023;1\n", "survey")
    #expect(reading.layout == "survey-be")
    #expect(reading.figures.map(\.cell.territory) == ["BE-COM-11002", "BE-REG-03000", "BE"])
    #expect(reading.account.rejected == ["place": 1])
  }

  @Test func `a table without a measure is no survey`() {
    let problem = expectProblem("aggregate.no_layout", line: 1) {
      _ = try readTable("nis;annee;champ\n11002;2023;ess\n", "survey")
    }
    #expect(problem?.facts["columns"] == "heuresbenevolat")
    #expect(problem?.facts["layout"] == "survey-be")
  }

  @Test func `means and quantiles are no sums, whatever table tells them`() throws {
    let layouts = try AggregateLayouts(share: Checkout.installation.share)
    for layout in layouts.layouts {
      #expect(
        AggregateLayout.measures.filter { !layout.addsUp($0) }
          == ["board_age", "mandates", "pay_d1", "pay_median", "pay_d9"], "\(layout.id)")
    }
    #expect(layouts["survey-be"]?.statistic(of: "volunteer_hours") == "flow")
    #expect(layouts["survey-fr"]?.statistic(of: "pay_median") == "quantile")
  }
}

import Filesystem
import Diagnostics
import Nomenclature
import TestSupport
import Testing
import Wording

@testable import Registers

/// A total that a table gives is the sum of its parts, as far as these are told.
@Suite("Totals of publishers' tables")
struct AggregateTotalTests {
  /// A table like INSEE's, right by construction: families × sections × départements of Corse, with every total.
  private struct Cube {
    static let families = ["Associations", "Coopératives", "Mutuelles", "Fondations"]
    static let sections = ["AZ", "FZ", "OQ"]
    static let places = [("2A", "DEP"), ("2B", "DEP")]
    var rows: [(key: [String], value: Int, isTotal: Bool)] = []

    init(_ random: inout SplitMix64) {
      var values: [[String]: Int] = [:]
      for place in Self.places {
        for family in Self.families {
          for section in Self.sections {
            let value = random.number(0...5000)
            for geo in [[place.0, place.1], ["94", "REG"]] {
              for f in [family, "Ensemble"] {
                for s in [section, "_T"] { values[geo + [f, s], default: 0] += value }
              }
            }
          }
        }
      }
      rows = values.map {
        (key: $0.key, value: $0.value, isTotal: $0.key[1] == "REG" || $0.key[2] == "Ensemble" || $0.key[3] == "_T")
      }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    var text: String {
      FirstLine.flores
        + rows.map {
          "\($0.key[0]);\($0.key[1]);\($0.key[2]);\($0.key[3]);EFF_3112;2023;\($0.value < 0 ? "s" : "\($0.value)")\n"
        }.joined()
    }
  }

  @Test(arguments: 0..<20)
  func `totals that are sums pass, one that is not is found`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var cube = Cube(&random)
    #expect(try readTable(cube.text, "flores").account.kept == cube.rows.count)
    // Publishers round their cells: one unit in each is let pass.
    let index = random.number(0...cube.rows.count - 1)
    cube.rows[index].value += 1
    #expect(throws: Never.self) { try readTable(cube.text, "flores") }
    cube.rows[index].value += 40
    let found = try problem { _ = try readTable(cube.text, "flores") }
    let percent = try #require(found?.facts["percent"].flatMap(Double.init))
    #expect(found?.code == (percent <= 5 ? "aggregate.total" : "aggregate.wrong_total"))
    #expect(throws: Never.self, "the tolerance that the message names is enough") {
      try readTable(cube.text, "flores", tolerance: max(percent, 100) / 100)
    }
  }

  @Test(arguments: 0..<10)
  func `a total over a hidden cell is not verified`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var cube = Cube(&random)
    // Hidden in every table that it stands in, the cell is no part of any sum that can be verified.
    let (family, section) = (random.pick(Cube.families), random.pick(Cube.sections))
    for index in cube.rows.indices
    where cube.rows[index].key[2] == family || cube.rows[index].key[3] == section { cube.rows[index].value = -1 }
    #expect(throws: Never.self) { try readTable(cube.text, "flores") }
  }

  @Test func `parts that are left out may be secret, and never make more than the total`() throws {
    let total = FirstLine.flores + "32;REG;Associations;_T;EFF_3112;2023;100\n"
    #expect(throws: Never.self) {
      try readTable(total + "32;REG;Associations;OQ;EFF_3112;2023;60\n32;REG;Mutuelles;AZ;EFF_3112;2023;1\n", "flores")
    }
    expectProblem("aggregate.wrong_total", line: 2) {
      _ = try readTable(
        total + "32;REG;Associations;OQ;EFF_3112;2023;160\n32;REG;Mutuelles;AZ;EFF_3112;2023;1\n", "flores")
    }
  }

  @Test func `parts that are told are not more than the total, whatever is hidden`() throws {
    let total = FirstLine.flores + "32;REG;_T;_T;EFF_3112;2023;100\n"
    let parts = { (a: Int, b: Int) in
      "32;REG;Associations;_T;EFF_3112;2023;\(a)\n32;REG;Mutuelles;_T;EFF_3112;2023;\(b)\n"
        + "32;REG;Fondations;_T;EFF_3112;2023;s\n"
    }
    expectProblem("aggregate.wrong_total", line: 2) { _ = try readTable(total + parts(90, 80), "flores") }
    #expect(throws: Never.self) { try readTable(total + parts(60, 30), "flores") }
  }

  /// 963 % is nothing to admit.
  @Test(
    arguments: [
      (96, nil), (104, nil), (94, "rows"), (60, "rows"), (170, "twice"), (1063, "unit"), (10, "unit"),
      (100_000, "unit"),
    ] as [(Int, String?)])
  func `a small gap may be admitted, of a large one the likely cause is told`(sum: Int, cause: String?) throws {
    let text =
      FirstLine.flores + "32;REG;Associations;_T;EFF_3112;2023;100\n32;REG;Associations;OQ;EFF_3112;2023;\(sum)\n"
    let found = try #require(try problem { _ = try readTable(text, "flores") })
    #expect(found.code == (cause == nil ? "aggregate.total" : "aggregate.wrong_total"))
    guard let cause else { return }
    let key = "aggregate.cause.\(cause)"
    #expect(found.facts["cause"] == "@\(key)")
    let words = try Words(share: Checkout.installation.share, language: .en)
    #expect(words.describe(found).contains(words(key)) && !words.describe(found).contains("--tolerate"))
  }

  @Test func `more jobs in the ESS than in all`() {
    expectProblem("aggregate.wrong_total", line: 2) {
      _ = try readTable(FirstLine.onss + "2024;1;03000;total;88;10;100;80;1\n2024;1;03000;ES;88;5;300;250;1\n", "onss")
    }
  }

  @Test func `sums beyond what a number holds are wrong, and stop nothing`() throws {
    let book = try Checkout.nomenclatures
    let codes = (1000..<100_000).map { String(100_000 + $0).dropFirst() }
      .filter { book.label(of: Activity(.nacebel2008, String($0))) != nil }
    #expect(codes.count > 923)
    let rows = codes.map { "2024;1;03000;ES;\($0);1;9999999999999;1;1\n" }.joined()
    let total = "2024;1;03000;ES;total;\(codes.count);1;\(codes.count);\(codes.count)\n"
    let problem = expectProblem("aggregate.wrong_total", line: 2) {
      _ = try readTable(FirstLine.onss + total + rows, "onss")
    }
    #expect(problem?.facts["measure"] == "@measure.jobs")
  }
}

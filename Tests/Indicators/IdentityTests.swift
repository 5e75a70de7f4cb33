import Filesystem
import TestSupport
import Testing

@testable import Indicators
@testable import Secrecy

/// What must hold in any table, whatever the employers: on a release as the program builds it.
@Suite("Identities of filled tables")
struct IdentityTests {
  static let territories = [SimulatedRelease.french, SimulatedRelease.belgian]

  /// Every cell of the table has a value: a sum of it says what it seems to.
  private func values(
    _ table: StatisticalTable, _ column: String, over axis: String, _ spot: [String: String] = [:]
  ) throws -> [Double]? {
    var found: [Double] = []
    for member in table.members(axis) where !member.isTotal {
      guard let value = try table.value(column, spot.merging([axis: member.code]) { $1 }) else { return nil }
      found.append(value)
    }
    return found
  }

  @Test(arguments: territories)
  func `shares of families and of fields make a hundred`(territory: String) throws {
    let area = try SimulatedRelease.area(territory)
    var count = 0
    for (id, axis, total) in [("T02", "family", "ess"), ("T01", "field", "total")] {
      let table = try SimulatedRelease.fill(id, of: area)
      for column in ["share_establishments", "share_jobs", "share_fte", "share_pay"] {
        guard let whole = try table.value(column, [axis: total]) else { continue }
        var sum = 0.0
        // The ESS is a total of its families, and one of the fields.
        for member in table.members(axis) where member.code != total {
          sum += try table.value(column, [axis: member.code]) ?? 0
        }
        #expect(isNear(sum, 100), "\(id) \(column) is \(sum)")
        #expect(isNear(whole, 100), "\(id) \(column)")
        count += 1
      }
    }
    #expect(count >= 4)
  }

  @Test(arguments: territories)
  func `shift-share: national, structural and local make the change of each sector`(territory: String) throws {
    let table = try SimulatedRelease.fill("T24", of: SimulatedRelease.area(territory), by: "a10")
    var (found, allocated) = (0, 0)
    for area in table.members("area") {
      for sector in table.members("a10") where !sector.isTotal {
        let spot = ["area": area.code, "a10": sector.code]
        guard let change = try table.value("change", spot), let initial = try table.value("initial", spot),
          let national = try table.value("national", spot), let structural = try table.value("structural", spot),
          let local = try table.value("local", spot)
        else { continue }
        let slack = 1e-9 * max(1, initial + abs(change))
        #expect(abs(national + structural + local - change) <= slack, "\(spot)")
        if initial > 0 { found += 1 }
        guard let homothetic = try table.value("homothetic", spot), let allocation = try table.value("allocation", spot)
        else { continue }
        #expect(abs(homothetic + allocation - local) <= slack, "\(spot)")
        allocated += 1
      }
    }
    #expect(found > 5 && allocated > 5)
  }

  /// Where a sector has nobody anywhere, before or after, there is nothing to share out: it may not void the sum.
  @Test(arguments: territories)
  func `at the total of sectors, each effect is the sum of the effects`(territory: String) throws {
    let table = try SimulatedRelease.fill("T24", of: SimulatedRelease.area(territory), by: "a10")
    let total = ["area": territory, "a10": "total"]
    let change = try #require(try table.value("change", total))
    var effects = 0.0
    for column in ["national", "structural", "local"] {
      let effect = try #require(try table.value(column, total), "\(column) of \(territory)")
      effects += effect
      var sum = 0.0
      for sector in table.members("a10") where !sector.isTotal {
        sum += try table.value(column, ["area": territory, "a10": sector.code]) ?? 0
      }
      #expect(abs(sum - effect) < 1e-6, "\(column)")
    }
    #expect(abs(effects - change) < 1e-6)
  }

  @Test(arguments: territories)
  func `location quotients are 1 on average`(territory: String) throws {
    let area = try SimulatedRelease.area(territory)
    let table = try SimulatedRelease.fill("T12", of: area, by: "a10", reference: area)
    let whole = try #require(try table.value("jobs", ["area": territory, "a10": "total"]))
    var count = 0
    for sector in table.members("a10") where !sector.isTotal {
      guard let jobs = try table.value("jobs", ["area": territory, "a10": sector.code]), jobs > 0 else { continue }
      var mean = 0.0
      for part in table.members("area") where !part.isTotal {
        guard let weight = try table.value("jobs", ["area": part.code, "a10": "total"]), weight > 0 else { continue }
        let quotient = try table.value("specificity", ["area": part.code, "a10": sector.code]) ?? 0
        mean += weight * quotient / whole
      }
      #expect(isNear(mean, 1), "\(sector.code): \(mean)")
      count += 1
    }
    #expect(count >= 5)
    // The territory is its own reference.
    for sector in table.members("a10") {
      let own = try table.value("specificity", ["area": territory, "a10": sector.code])
      #expect(own == nil || isNear(own ?? 0, 1), "\(sector.code)")
    }
  }

  @Test(arguments: territories)
  func `contributions of sectors make the growth of the whole`(territory: String) throws {
    let table = try SimulatedRelease.fill("T22", of: SimulatedRelease.area(territory))
    var count = 0
    for who in table.members("everyone") {
      for year in table.members("year") {
        let spot = ["everyone": who.code, "year": year.code]
        guard let growth = try table.value("change", spot.merging(["a10": "total"]) { $1 }),
          let parts = try values(table, "contribution", over: "a10", spot)
        else { continue }
        #expect(abs(parts.reduce(0, +) - growth) < 1e-9 * max(1, abs(growth)), "\(spot)")
        count += 1
      }
    }
    #expect(count >= 3)
  }

  /// The first year is that of the table, not one that growth looks back at.
  @Test(arguments: territories)
  func `base 100 is the first year of the series`(territory: String) throws {
    let table = try SimulatedRelease.fill("T22", of: SimulatedRelease.area(territory))
    let years = table.members("year").map(\.code)
    let first = try #require(years.first)
    #expect(years.count >= 2)
    for who in ["ess", "total"] {
      let base = try #require(try table.value("jobs", ["everyone": who, "a10": "total", "year": first]))
      for year in years {
        let spot = ["everyone": who, "a10": "total", "year": year]
        let jobs = try #require(try table.value("jobs", spot))
        let index = try #require(try table.value("index", spot), "\(spot)")
        #expect(isNear(index, 100 * jobs / base), "\(spot)")
      }
    }
  }

  /// A table that somebody adds: distances of each part to the whole, and of the whole to itself.
  @Test(arguments: territories)
  func `the distance of specialisation lies between nothing and one`(territory: String) throws {
    let folder = try TemporaryFolder()
    let labels = ["fr", "nl", "en"].flatMap { ["# title_\($0): Distance", "# description_\($0): Distance."] }
    let head = [
      "# id: X09", "# confidence: D", "# subject: employers", "# dimensions: area", "# areas: arrondissement",
      "# reference: self", "# sources: workforce",
    ]
    let columns = [
      "column,formula,unit,decimals,fr,nl,en,short_fr,short_nl,short_en", "krugman,I09,,,,,,,,", "gini,I10,,,,,,,,",
    ]
    try folder.write("tables/X09.csv", (head + labels + columns).joined(separator: "\n") + "\n")
    let book = try TableBook(share: Checkout.installation.share, own: [folder.path])
    let table = try SimulatedRelease.fill("X09", of: SimulatedRelease.area(territory), book: book)
    #expect(table.members("area").count > 2)
    var count = 0
    for area in table.members("area") {
      guard let distance = try table.value("krugman", ["area": area.code]) else { continue }
      #expect((0...1).contains(distance), "\(area.code)")
      if distance > 0 { count += 1 }
    }
    // In Belgium, some activity of nearly every arrondissement has employers of unknown size alone.
    if territory == SimulatedRelease.french { #expect(count > 1) }
    let own = try table.value("krugman", ["area": territory])
    #expect((own ?? 0) == 0)
  }

  /// Whatever year the table is of; one that the release does not have is not there, which is no zero.
  @Test func `a formula names a year, and finds it`() throws {
    let folder = try TemporaryFolder()
    let labels = ["fr", "nl", "en"].flatMap { ["# title_\($0): Then", "# description_\($0): Then."] }
    let head = ["# id: X10", "# confidence: D", "# subject: employers", "# dimensions: field", "# sources: workforce"]
    let columns = [
      "column,formula,unit,decimals,fr,nl,en,short_fr,short_nl,short_en", "jobs,jobs,,,,,,,,",
      "then,jobs[year=2023],jobs,0,Then,Then,Then,Then,Then,Then",
      "never,jobs[year=1999],jobs,0,Never,Never,Never,Never,Never,Never",
    ]
    try folder.write("tables/X10.csv", (head + labels + columns).joined(separator: "\n") + "\n")
    let book = try TableBook(share: Checkout.installation.share, own: [folder.path])
    let area = try SimulatedRelease.area(SimulatedRelease.french)
    let now = try SimulatedRelease.fill("X10", of: area, years: [2024], book: book)
    let then = try SimulatedRelease.fill("X10", of: area, years: [2023], book: book)
    #expect(try then.value("jobs", ["field": "ess"]) ?? 0 > 0)
    for member in now.members("field") {
      let spot = ["field": member.code]
      #expect(try now.cell("then", spot) == then.cell("jobs", spot), "\(member.code)")
      #expect(try now.cell("never", spot).status == .notAvailable, "\(member.code)")
    }
  }

  /// What the gate lets out is what is there: it hides, and never changes.
  @Test(arguments: territories)
  func `a figure that is shown is the same without secrecy`(territory: String) throws {
    let area = try SimulatedRelease.area(territory)
    let profiles = try SecrecyBook(share: Checkout.installation.share).profiles.filter { $0.country != nil }
    var hidden = 0
    for id in ["T01", "T05", "T09", "T14", "T15"] {
      let open = try SimulatedRelease.fill(id, of: area)
      let guarded = try SimulatedRelease.fill(id, of: area, gate: Gate(profiles))
      #expect(open.cells.allSatisfy { $0.status != .suppressed })
      #expect(guarded.axes.map(\.members) == open.axes.map(\.members), "\(id)")
      hidden += guarded.cells.count { $0.status == .suppressed }
      for row in 0..<open.rowCount {
        let spot = zip(open.axes, open.members(of: row)).map { ($0.id, $0.members[$1].code) }
        let wanted = Dictionary(uniqueKeysWithValues: spot)
        for column in open.columns.indices where guarded.cells.count == open.cells.count {
          let cell = guarded[row, column]
          #expect(cell == open[row, column] || cell.status == .suppressed, "\(id) \(wanted) \(open.columns[column].id)")
        }
      }
    }
    #expect(hidden > 0)
  }
}

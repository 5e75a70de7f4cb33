import Diagnostics
import Registers
import Tabular
import TestSupport
import Testing

@Suite("Workforce files")
struct WorkforceTests {
  /// The lines that are kept of a file, and the account of it.
  static func read(_ text: String) throws -> (lines: [Workforce.Line], account: Reconciliation) {
    let folder = try TemporaryFolder()
    let path = try folder.write("workforce.csv", text)
    var lines: [Workforce.Line] = []
    let account = try Workforce(Container.open(path)).read { lines.append($0) }
    #expect(account.isBalanced)
    return (lines, account)
  }

  /// The value that one establishment's row gives for a measure; nil where the row is rejected for its number.
  static func value(_ measure: String, _ written: String) throws -> Int64? {
    let isJobs = measure == "jobs"
    let text =
      "establishment;year;jobs\(isJobs ? "" : ";\(measure)")\n"
      + "2.000.000.042;2024;\(isJobs ? "" : "5000000;")\(written)\n"
    let (lines, account) = try read(text)
    guard let line = lines.first else {
      #expect(account.rejected == ["number": 1])
      return nil
    }
    return line.values[try #require(Workforce.measures.firstIndex(of: measure))]
  }

  @Test(
    arguments: [
      ("12", 12), ("12.0", 12), ("12,00", 12), ("1 234", 1_234), ("1.234.567", 1_234_567), ("1 234,0", 1_234),
      ("1,234", nil), ("1.234", nil), ("12.000", nil), ("12.5", nil), ("12,01", nil), ("-3", nil), ("douze", nil),
    ] as [(String, Int64?)])
  func `jobs and people are counted whole, and what may be a thousand is not taken for one`(
    written: String, value: Int64?
  ) throws {
    #expect(try Self.value("jobs", written) == value)
    #expect(try Self.value("women", written) == value)
  }

  @Test(
    arguments: [
      ("1.25", 13), ("1,25", 13), ("1234,5", 12_345), ("1.234,5", 12_345), ("0,750", 8), ("12", 120),
      ("1.234", nil), ("1,234", nil), ("-1", nil),
    ] as [(String, Int64?)])
  func `full-time equivalents are read to a tenth`(written: String, value: Int64?) throws {
    #expect(try Self.value("fte", written) == value)
  }

  @Test(
    arguments: [
      ("41235,49", 41_235), ("41 235,50", 41_236), ("41.235,5", 41_236), ("41.235", nil), ("41,235", nil),
    ] as [(String, Int64?)])
  func `pay is rounded to the euro`(written: String, value: Int64?) throws {
    for measure in ["gross_pay", "women_pay", "pay_managers", "pay_intermediate", "pay_clerks", "pay_workers"] {
      #expect(try Self.value(measure, written) == value, "\(measure)")
    }
  }

  @Test func `numbers out of all measure are rejected, and their sums do not stop the program`() throws {
    let great = "5000000000000000000"
    let ages = "establishment,year,jobs,age_15_29,age_30_49,age_50_59,age_60_plus\n"
    let (lines, account) = try Self.read(ages + "2.000.000.042,2024,\(great),\(great),\(great),\(great),\(great)\n")
    #expect(lines.isEmpty)
    #expect(account.rejected == ["number": 1])
    // No establishment has more than ten million jobs, or pays more than a million million.
    #expect(try Self.value("jobs", "10000000") == 10_000_000)
    #expect(try Self.value("jobs", "10000001") == nil)
    #expect(try Self.value("fte", "10000000") == 100_000_000)
    #expect(try Self.value("fte", "10000000.1") == nil)
    #expect(try Self.value("gross_pay", "1000000000000") == 1_000_000_000_000)
    #expect(try Self.value("gross_pay", "1000000000001") == nil)
  }

  @Test func `a blank row is none`() throws {
    let (lines, account) = try Self.read("establishment;year;jobs\n2.000.000.042;2024;5\n;;\n ; ;\n")
    #expect(lines.count == 1 && account.read == 1 && account.rejected == [:])
  }

  @Test(arguments: ["year", "women", "origin"])
  func `a column of the format may not stand twice`(name: String) throws {
    let columns = ["establishment", "year", "jobs", "women", "origin", name]
    let problem = expectProblem("table.repeated_column", line: 1) { _ = try Self.read(columns.joined(separator: ",")) }
    #expect(problem?.facts["column"] == name)
  }

  @Test func `parts add up to the jobs, or the row is rejected`() throws {
    let header = "establishment,year,jobs,full_time,part_time\n"
    #expect(try Self.read(header + "2.000.000.042,2024,10,6,4\n").account.kept == 1)
    #expect(try Self.read(header + "2.000.000.042,2024,10,6,5\n").account.rejected == ["number": 1])
    // A part that is not given is not zero: the others may be less than the whole, never more.
    #expect(try Self.read(header + "2.000.000.042,2024,10,6,\n").account.kept == 1)
    #expect(try Self.read(header + "2.000.000.042,2024,10,11,\n").account.rejected == ["number": 1])
    let ages = "establishment,year,jobs,age_15_29,age_30_49,age_50_59,age_60_plus\n"
    #expect(try Self.read(ages + "2.000.000.042,2024,10,4,6,,\n").account.kept == 1)
    #expect(try Self.read(ages + "2.000.000.042,2024,10,4,6,1,\n").account.rejected == ["number": 1])
  }

  /// Of an establishment of ten jobs.
  @Test(
    arguments: [
      ("age_50_59,age_55_59", "4,4", true), ("age_50_59,age_55_59", "4,5", false),
      ("age_55_59", "10", true), ("age_55_59", "11", false),
      ("other_contracts,assisted,apprentices,agency", "6,1,2,3", true),
      ("other_contracts,assisted,apprentices,agency", "6,1,1,1", true),
      ("other_contracts,assisted,apprentices,agency", "6,2,2,3", false),
      ("other_contracts,apprentices", "1,1", true), ("other_contracts,apprentices", "1,2", false),
      ("assisted,agency", "5,5", true), ("assisted,agency", "5,6", false),
      ("women,managers,women_managers", "4,5,4", true), ("women,managers,women_managers", "4,5,5", false),
      ("women,managers,women_managers", "5,4,5", false), ("women,women_managers", "3,4", false),
      ("managers,women_managers", "3,4", false), ("women_managers", "11", false),
      ("blue_collar,white_collar,civil_servants", "5,4,1", true),
      ("blue_collar,white_collar,civil_servants", "5,4,0", false),
      ("blue_collar,white_collar,civil_servants", "5,4,2", false),
      ("blue_collar,white_collar", "5,4", true), ("blue_collar,white_collar", "5,6", false),
    ] as [(String, String, Bool)])
  func `parts of parts, and statuses`(columns: String, values: String, isKept: Bool) throws {
    let account = try Self.read("establishment,year,jobs,\(columns)\n2.000.000.042,2024,10,\(values)\n").account
    #expect(account.rejected == (isKept ? [:] : ["number": 1]))
  }

  /// Amounts are rounded one by one: four may be two euros away from their sum, one cannot pass its whole.
  @Test(
    arguments: [
      ("1000,200,300,100,400,", true), ("1001.6,250.4,250.4,250.4,250.4,", true), ("998,250,250,250,250,", true),
      ("1003,250,250,250,250,", false), ("997,250,250,250,250,", false), ("1000,200,300,100,,", true),
      ("1000,400,400,202,,", true), ("1000,400,400,203,,", false), ("1000,500,501,,,", true),
      ("1000,500,502,,,", false), ("1000,,,1000,,", true), ("1000,,,1001,,", false), (",200,300,100,400,", true),
      ("1000,,,,,1000", true), ("1000,,,,,1001", false), (",,,,,1001", true), ("0,0,0,0,0,0", true),
    ] as [(String, Bool)])
  func `pay of some is no more than the pay of all`(values: String, isKept: Bool) throws {
    let columns = "gross_pay,pay_managers,pay_intermediate,pay_clerks,pay_workers,women_pay"
    let account = try Self.read("establishment,year,jobs,\(columns)\n2.000.000.042,2024,10,\(values)\n").account
    #expect(account.rejected == (isKept ? [:] : ["number": 1]))
  }

  @Test(
    arguments: [
      (10, "16500", true), (10, "240000", true), (10, "240001", false), (10, "16500.5", false), (10, "-1", false),
      (0, "80000", true), (0, "40000000000", true), (0, "40000000001", false),
    ])
  func `paid hours far above the jobs are refused`(jobs: Int, hours: String, isKept: Bool) throws {
    let account = try Self.read("establishment,year,jobs,hours\n2.000.000.042,2024,\(jobs),\(hours)\n").account
    #expect(account.rejected == (isKept ? [:] : ["number": 1]))
  }

  /// Seasons and closures may set the year far from its last day, but not a hundred times.
  @Test(
    arguments: [
      (5, "60", true), (5, "60.1", false), (5, "500", false), (1000, "2050", true), (1000, "10000", false),
      (0, "500", true), (10_000_000, "10000000", true),
    ])
  func `full-time equivalents far above the jobs are refused`(jobs: Int, fte: String, isKept: Bool) throws {
    let (lines, account) = try Self.read("establishment,year,jobs,fte\n2.000.000.042,2024,\(jobs),\(fte)\n")
    #expect(lines.count == (isKept ? 1 : 0))
    #expect(account.rejected == (isKept ? [:] : ["full_time": 1]))
  }

  @Test func `rows of other years are out of the scope, and a file of none but those is refused`() throws {
    let row = { (number: String, year: Int) in "\(number),\(year),12\n" }
    let header = "establishment,year,jobs\n"
    func read(_ text: String) throws -> Reconciliation {
      try withFile("w.csv", utf8(text)) { try Workforce(Container.open($0)).read(expectedYear: 2024) { _ in } }
    }
    let account = try read(header + row("2.000.000.042", 2023) + row("2.000.000.042", 2024))
    #expect(account.kept == 1 && account.outOfScope == ["year": 1] && account.rejected == [:] && account.isBalanced)
    let problem = expectProblem("aggregate.other_year", line: 2) { _ = try read(header + row("2.000.000.042", 2023)) }
    #expect(problem?.facts["found"] == "2023")
  }

  @Test func `headcounts of a year that has not begun are rejected`() throws {
    let (lines, account) = try Self.read(
      "establishment;year;jobs\n2.000.000.042;2099;12\n2.000.000.042;2026;12\n")
    #expect(lines.map(\.year) == [2026] && account.rejected == ["year": 1])
  }

  @Test func `spaces around a year or a number are nothing`() throws {
    let (lines, account) = try Self.read(
      "establishment;year;jobs;fte;women\n 2.000.000.042 ; 2024\t; 12 ;\t10,5 ;  \n")
    #expect(account.rejected == [:])
    let line = try #require(lines.first)
    #expect(line.year == 2024)
    #expect(line.values[..<4] == [12, 105, -1, -1])
    #expect(
      try Self.read("establishment;year;jobs\n2.000.000.042;20 24;12\n").account.rejected == ["year": 1])
  }
}

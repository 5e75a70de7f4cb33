import Diagnostics
import Filesystem
import Indicators
import TestSupport
import Testing
import Wording

/// Files that an observatory adds: each is a table or an indicator like another, or is left out and told.
@Suite("Tables and indicators of somebody's own")
struct OwnDeclarationTests {
  private static let share = Checkout.installation.share

  private static func own(_ file: String, _ kind: String, _ old: String, _ new: String, as name: String) throws
    -> TemporaryFolder
  {
    let copy = try SpoiledCopy(of: "\(share)/\(kind)/\(file).csv", old, new)
    let folder = try TemporaryFolder()
    let text = String(decoding: try Folder.contents(of: copy.path), as: UTF8.self)
    try folder.write("\(kind)/\(name).csv", text.replacing("# code: ", with: "# code: own_"))
    return folder
  }

  @Test func `a table is added by adding a file, and so is an indicator`() throws {
    let tables = try Self.own("T01", "tables", "# id: T01", "# id: X01", as: "X01")
    let book = try TableBook(share: Self.share, own: [tables.path])
    #expect(book.tables.count == 41)
    #expect(try book.table("X01").columns.count == book.table("T01").columns.count)
    let indicators = try Self.own("I28", "indicators", "# id: I28", "# id: X28", as: "X28")
    #expect(try TableBook(share: Self.share, own: [indicators.path]).indicator("X28").parameters["c"] == 0.8)
    // A folder with neither adds nothing.
    #expect(try TableBook(share: Self.share, own: [TemporaryFolder().path]).tables.count == 40)
  }

  @Test func `a file that has another name than its table is left out, and one that is there already`() throws {
    for (kind, id) in [("tables", "T01"), ("indicators", "I01")] {
      let other = try Self.own(id, kind, "# id: \(id)", "# id: \(id)", as: "X01")
      let misnamed = try #require(try TableBook(share: Self.share, own: [other.path]).faults.first)
      #expect(misnamed.code == "tables.other_name")
      #expect(misnamed.place.file == other["\(kind)/X01.csv"])
      #expect(misnamed.facts["id"] == id)
      let same = try Self.own(id, kind, "# id: \(id)", "# id: \(id)", as: id)
      let book = try TableBook(share: Self.share, own: [same.path])
      #expect(book.faults.map(\.code) == ["tables.twice"])
      #expect(book.faults.first?.place.file == same["\(kind)/\(id).csv"])
      // The one of the program answers.
      #expect(book.tables.contains { $0.id == "T01" } && book.indicators.contains { $0.id == "I01" })
    }
  }

  /// As the columns of tables are: else it would say "not available" and nobody would know why.
  @Test func `an indicator that names an unknown measure or dimension is refused`() throws {
    let formula = "# formula: 100 * jobs[field=ess] / jobs[field=total]"
    for (new, code, nearest) in [
      ("# formula: 100 * jobs / job", "formula.unknown", "jobs"),
      ("# formula: 100 * jobs[feild=ess]", "share.unknown_name", "field"),
      ("# formula: 100 * jobs[field=es]", "formula.member", "ess"),
    ] {
      let copy = try SpoiledCopy(of: "\(Self.share)/indicators/I01.csv", formula, new)
      let text = String(decoding: try Folder.contents(of: copy.path), as: UTF8.self)
      let folder = try TemporaryFolder()
      let other = text.replacing("# id: I01", with: "# id: X01").replacing("# code: ", with: "# code: own_")
      try folder.write("indicators/X01.csv", other)
      let book = try TableBook(share: Self.share, own: [folder.path])
      let problem = expectProblem(code, line: copy.line, "\(new)") { _ = try book.indicator("X01") }
      #expect(problem?.facts["nearest"] == nearest, "\(new)")
    }
  }

  /// Each names the next; the last one names whom it says, or nobody.
  @Test(
    arguments: [
      (["I31", "I32"], "I31", "I31 → I32 → I31", "I31"),
      (["I31", "I32", "I33"], "I31", "I31 → I32 → I33 → I31", "I31"),
      // What only leads to a circle is not in it.
      (["I31", "I32", "I33"], "I32", "I32 → I33 → I32", "I32"),
      (["I31", "I32"], "jobs", nil, ""),
    ] as [([String], String, String?, String)])
  func `indicators that are made of each other in a circle are refused`(
    ids: [String], last: String, chain: String?, file: String
  ) throws {
    let formula = "# formula: 100 * jobs[field=ess] / jobs[field=total]"
    let folder = try TemporaryFolder()
    var line = 0
    for (id, next) in zip(ids, ids.dropFirst() + [last]) {
      let other = "# formula: 2 * \(next)[year=previous]"
      let copy = try SpoiledCopy(of: "\(Self.share)/indicators/I01.csv", formula, other)
      let text = String(decoding: try Folder.contents(of: copy.path), as: UTF8.self)
      let named = text.replacing("# id: I01", with: "# id: \(id)").replacing("# code: ", with: "# code: \(id)_")
      try folder.write("indicators/\(id).csv", named)
      line = copy.line
    }
    let book = try TableBook(share: Self.share, own: [folder.path])
    guard let chain else {
      #expect(book.indicators.count == 32 && book.faults.isEmpty)
      return
    }
    // None of them can be computed: those that name the one that is left out go with it.
    #expect(book.indicators.count == 30)
    let problem = try #require(book.faults.first)
    #expect(problem.code == "formula.circle" && problem.place.line == line)
    #expect(problem.facts["chain"] == chain)
    #expect(problem.place.file == folder["indicators/\(file).csv"])
    #expect(book.faults.dropFirst().map(\.code) == ids.dropFirst().map { _ in "formula.left_out" })
  }

  // MARK: - Files that are left out

  /// A file of the program as somebody's own, under another name, with changes.
  private static func text(
    _ kind: String, _ id: String, as name: String, _ changes: KeyValuePairs<String, String> = [:]
  ) throws -> String {
    var text = String(decoding: try Folder.contents(of: "\(share)/\(kind)/\(id).csv"), as: UTF8.self)
    text = text.replacing("# id: \(id)", with: "# id: \(name)").replacing("# code: ", with: "# code: \(name)_")
    for (old, new) in changes {
      try #require(text.contains(old), "\(old) in \(id)")
      text = text.replacing(old, with: new)
    }
    return text
  }

  private static let formula = "# formula: 100 * jobs[field=ess] / jobs[field=total]"

  @Test func `a file that cannot be is left out with what is made of it, and the others stand`() throws {
    let folder = try TemporaryFolder()
    func add(_ kind: String, _ id: String, as name: String, _ changes: KeyValuePairs<String, String>) throws {
      try folder.write("\(kind)/\(name).csv", try Self.text(kind, id, as: name, changes))
    }
    try add("indicators", "I01", as: "X01", [Self.formula: "# formula: 100 * jobz"])
    try add("indicators", "I01", as: "X02", [Self.formula: "# formula: 2 * X01"])
    try add("indicators", "I01", as: "X03", [Self.formula: "# formula: 2 * jobs"])
    try add("tables", "T01", as: "Y01", ["\nunits,units,": "\nunits,X02,"])
    try add("tables", "T01", as: "Y02", [:])
    let book = try TableBook(share: Self.share, own: [folder.path])
    #expect(book.faults.map(\.code) == ["formula.unknown", "formula.left_out", "formula.left_out"])
    let files = book.faults.compactMap(\.place.file).map { Folder.name(of: $0) }
    #expect(files == ["X01.csv", "X02.csv", "Y01.csv"])
    #expect(book.faults.allSatisfy { $0.place.line != nil })
    #expect(book.faults.last?.facts["file"] == folder["indicators/X02.csv"])
    #expect(try book.indicator("X03").id == "X03")
    #expect(try book.table("Y02").columns.count == book.table("T01").columns.count)
    // Whoever asks for one is told what is wrong with it.
    expectProblem("formula.unknown") { _ = try book.indicator("x01") }
    expectProblem("formula.left_out") { _ = try book.table("Y01") }
    expectProblem("table.unknown") { _ = try book.table("X01") }
  }

  @Test(
    arguments: [
      ("# code: X01_poids_emploi", "# code: lq", "indicators.code_twice", nil),
      ("# nearest:", "# nearest: I99", "formula.unknown", "I09"),
      ("# nearest:", "# nearest: I05", "indicators.nearest_apart", nil),
    ] as [(String, String, String, String?)])
  func `an indicator has a code of its own, and a nearest that adds up`(
    old: String, new: String, code: String, nearest: String?
  ) throws {
    let folder = try TemporaryFolder()
    let text = try Self.text("indicators", "I01", as: "X01", [old: new])
    try folder.write("indicators/X01.csv", text)
    let line = 1 + (text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0 == new } ?? -1)
    let book = try TableBook(share: Self.share, own: [folder.path])
    let problem = expectProblem(code, line: line) { _ = try book.indicator("X01") }
    if let nearest { #expect(problem?.facts["nearest"] == nearest) }
    #expect(book.indicators.count == 30)
  }

  @Test func `an indicator is no more comparable than what it is made of`() throws {
    let folder = try TemporaryFolder()
    let pay = "# formula: gross_pay / jobs[given=gross_pay]"
    try folder.write("indicators/X01.csv", try Self.text("indicators", "I01", as: "X01", [Self.formula: pay]))
    try folder.write(
      "indicators/X02.csv", try Self.text("indicators", "I01", as: "X02", [Self.formula: "# formula: 2 * X01"]))
    let book = try TableBook(share: Self.share, own: [folder.path])
    #expect(book.faults.isEmpty)
    #expect(try book.indicator("X01").grade == .indicative)
    #expect(try book.indicator("X02").grade == .indicative)
  }

  @Test func `a table has two hundred columns at most`() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<200).map { "c\($0),jobs,,,,,,,,\n" }
    try folder.write("tables/Y01.csv", try Self.text("tables", "T01", as: "Y01") + rows.joined())
    let book = try TableBook(share: Self.share, own: [folder.path])
    let problem = expectProblem("tables.too_many_columns") { _ = try book.table("Y01") }
    #expect(problem?.facts["most"] == "200" && problem?.place.line != nil)
  }
}

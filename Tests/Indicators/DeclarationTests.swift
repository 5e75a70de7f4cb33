import Diagnostics
import Filesystem
import Indicators
import TestSupport
import Testing
import Wording

/// Tables and indicators are files: every one of the program loads, and a spoiled one is refused with its line.
@Suite("Declared tables and indicators")
struct DeclarationTests {
  private static let share = Checkout.installation.share

  struct Spoiled: Sendable {
    let file: String
    let old: String
    let new: String
    let code: String
    /// The nearest name that is told, where one is.
    var nearest: String?

    init(_ file: String, _ old: String, _ new: String, _ code: String, _ nearest: String? = nil) {
      self.file = file
      self.old = old
      self.new = new
      self.code = code
      self.nearest = nearest
    }
  }

  private static func numbered(_ letter: String, _ count: Int) -> [String] {
    (1...count).map { $0 < 10 ? "\(letter)0\($0)" : "\(letter)\($0)" }
  }

  // MARK: - Those of the program

  @Test func `the forty tables and the thirty indicators load`() throws {
    let book = try Checkout.tables
    #expect(book.tables.map(\.id) == Self.numbered("T", 40))
    #expect(book.indicators.map(\.id) == Self.numbered("I", 30))
    #expect(Set(book.indicators.map(\.code)).count == 30)
    for table in book.tables {
      #expect(!table.sources.isEmpty, "\(table.id) says what to import")
      #expect(Set(table.columns.map(\.column.id)).count == table.columns.count, "\(table.id)")
      #expect(!table.dimensions.contains("area") || !table.areas.isEmpty, "\(table.id)")
    }
  }

  @Test func `every measure has its unit, its grade and the reason of it`() throws {
    let measures = try Checkout.tables.measures
    #expect(measures.measures.count > 90)
    for measure in measures.measures {
      #expect(measures.units[measure.unit.code] == measure.unit, "\(measure.id)")
      // A note puts the reason into a sentence, which has its own full stop.
      for why in [measure.why.fr, measure.why.nl, measure.why.en] {
        #expect(!why.isEmpty && !why.hasSuffix("."), "\(measure.id): \(why)")
      }
    }
    #expect(measures.breakdowns.map(\.id) == ["sex", "age", "contract", "time", "occupation", "status"])
    for breakdown in measures.breakdowns { #expect(breakdown.members.last?.isTotal == true, "\(breakdown.id)") }
  }

  @Test func `every indicator has a card for each country, with a grade or why there is none`() throws {
    for indicator in try Checkout.tables.indicators {
      for country in ["FR", "BE"] {
        let card = try #require(indicator.card(of: country), "\(indicator.id) \(country)")
        #expect(card.grade != nil || card.lines.contains { $0.kind == .absent }, "\(indicator.id) \(country)")
        for line in card.lines {
          #expect(!line.text.fr.isEmpty && !line.text.nl.isEmpty && !line.text.en.isEmpty, "\(indicator.id)")
        }
      }
    }
    let breaks = try Checkout.tables.indicator("I01").card(of: "FR")?.lines.filter { $0.kind == .broken }
    #expect(breaks?.contains { $0.value == "2018" && $0.text.fr.contains("CLAP") } == true)
  }

  @Test func `what does not compare says why, and names the nearest that does or none`() throws {
    let book = try Checkout.tables
    func grade(_ id: String) -> Grade? { book.measures[id]?.grade ?? book.indicators.first { $0.id == id }?.grade }
    for indicator in book.indicators {
      #expect((indicator.why == nil) == indicator.grade.addsUp, "\(indicator.id)")
      if indicator.grade.addsUp || !indicator.nearest.isEmpty {
        #expect(indicator.nearest.isEmpty == indicator.grade.addsUp, "\(indicator.id)")
      }
      if !indicator.nearest.isEmpty {
        #expect(grade(indicator.nearest)?.addsUp == true, "\(indicator.id) → \(indicator.nearest)")
        #expect(book.title(of: indicator.nearest) != nil, "\(indicator.id)")
      }
      // No better than what it is made of.
      for reference in indicator.formula.references {
        guard let part = grade(reference.name) else { continue }
        #expect(part <= indicator.grade, "\(reference.name) in \(indicator.id)")
      }
    }
    for measure in book.measures.measures where !measure.nearest.isEmpty {
      #expect(!measure.grade.addsUp && grade(measure.nearest)?.addsUp == true, "\(measure.id)")
    }
    #expect(try book.indicator("I24").nearest == "I23")
    #expect(book.measures["fte"]?.nearest == "jobs")
  }

  /// A name that is neither a measure, an indicator nor an assumption gives nothing for ever.
  @Test func `indicators name what there is`() throws {
    let book = try Checkout.tables
    for indicator in book.indicators {
      for reference in indicator.formula.references {
        let isKnown =
          book.measures[reference.name] != nil || book.indicators.contains { $0.id == reference.name }
          || indicator.parameters[reference.name] != nil || reference.name == "years"
        #expect(isKnown, "\(reference.name) in \(indicator.id)")
        for selector in reference.selectors {
          let known = TableDeclaration.knownDimensions + ["year", "sector", "given"]
          #expect(known.contains(selector.dimension), "\(selector.dimension) in \(indicator.id)")
          let isMeasure = book.measures[selector.member] != nil
          #expect(selector.dimension != "given" || isMeasure, "\(selector.member) in \(indicator.id)")
        }
      }
    }
  }

  @Test func `an unknown table or indicator is told with the nearest`() throws {
    let book = try Checkout.tables
    #expect(try book.table("t02").id == "T02")
    #expect(try book.indicator("i13").id == "I13")
    #expect(try book.indicator("poids_emploi").id == "I01")
    let table = expectProblem("table.unknown") { _ = try book.table("TO1") }
    #expect(table?.facts["nearest"] == "T01")
    #expect(table?.status == .commandLine)
    let indicator = expectProblem("indicator.unknown") { _ = try book.indicator("poids_emplois") }
    #expect(indicator?.facts["nearest"] == "poids_emploi")
  }

  // MARK: - Spoiled tables

  static let tables: [Spoiled] = [
    .init("T01", "# subject: employers", "# subject: employer", "share.unknown_name", "employers"),
    .init("T01", "# dimensions: field", "# dimensions: feild", "share.unknown_name", "field"),
    .init("T24", "# choices: a10", "# choices: a11", "share.unknown_name", "a10"),
    .init("T08", "# areas: departement", "# areas: departements", "share.unknown_name", "departement"),
    .init("T01", "# years: one", "# years: ones", "share.unknown_name", "one"),
    .init("T01", "# reference: self", "# reference: selv", "share.unknown_name", "self"),
    .init("T24", "# before: 1", "# before: -1", "share.number_range"),
    .init("T24", "# before: 1", "# before: 1000000", "share.number_range"),
    .init("T05", "# dimensions: family a17", "# dimensions: family family", "share.duplicate"),
    .init("T05", "# dimensions: family a17", "# dimensions: family field", "share.duplicate"),
    .init("T01", "\njobs,jobs,", "\nunits,jobs,", "share.duplicate"),
    .init("T01", "\njobs,jobs,", "\n,jobs,", "share.duplicate"),
    .init("T24", "# sums: national", "# sums: nationals", "share.unknown_name", "national"),
    .init("T01", "units,units,", "units,unit,", "formula.unknown", "units"),
    .init("T01", "gross_pay,gross_pay,", "gross_pay,gros_pay,", "formula.unknown", "gross_pay"),
    .init("T04", "weight,I01,", "weight,I001,", "formula.unknown", "I01"),
    .init("T01", "100 * jobs / jobs[field=total]", "100 * jobs / jobs[field=total", "formula.expected"),
    .init("T01", "100 * jobs / jobs", "100 * * jobs / jobs", "formula.name"),
    .init("T01", "jobs[field=total]", "jobs[feild=total]", "share.unknown_name", "field"),
    // Of nobody it would be a zero for ever.
    .init("T01", "jobs[field=total]", "jobs[field=totl]", "formula.member", "total"),
    .init("T01", "jobs[field=total]", "jobs[family=assoc]", "formula.member", "association"),
    .init("T01", "jobs[field=total]", "jobs[a10=BZ]", "formula.member"),
    .init("T01", "jobs[field=total]", "jobs[size=S9]", "formula.member", "S0"),
    .init("T01", "jobs[field=total]", "jobs[sex=woman]", "formula.member", "women"),
    .init("T01", "jobs[field=total]", "jobs[seat=insid]", "formula.member", "inside"),
    .init("T01", "jobs[field=total]", "jobs[insertion=iaee]", "formula.member", "iae"),
    .init("T01", "jobs[field=total]", "jobs[quarter=5]", "formula.member"),
    .init("T01", "jobs[field=total]", "jobs[year=prevous]", "formula.member", "previous"),
    .init("T01", "jobs[field=total]", "jobs[year=24]", "formula.member"),
    .init("T01", "jobs[field=total]", "jobs[area=country]", "formula.member"),
    .init("T01", ",percent,1,Part des postes,", ",percent,99,Part des postes,", "share.number_range"),
    .init("T01", ",percent,1,Part des postes,", ",percents,1,Part des postes,", "share.unknown_name", "percent"),
    .init("T01", ",percent,1,Part des postes,", ",percent,one,Part des postes,", "share.number_range"),
    .init("T01", ",Part des postes,", ",,", "share.no_translation"),
    .init("T01", ",Aandeel in de arbeidsplaatsen,", ",,", "share.no_translation"),
    .init("T01", "column,formula,unit", "column,formulas,unit", "share.no_column"),
  ]

  @Test(arguments: tables)
  func `a spoiled table is refused with its line`(spoiled: Spoiled) throws {
    let copy = try SpoiledCopy(of: "\(Self.share)/tables/\(spoiled.file).csv", spoiled.old, spoiled.new)
    let book = try Checkout.tables
    let indicators = Dictionary(uniqueKeysWithValues: book.indicators.map { ($0.id, $0) })
    // A change of a whole name begins with the end of the line before.
    let line = copy.line + (spoiled.old.hasPrefix("\n") ? 1 : 0)
    let problem = expectProblem(spoiled.code, line: line, "\(spoiled.new)") {
      _ = try TableDeclaration(copy.path, book.measures, indicators)
    }
    #expect(problem?.place.file == copy.path)
    if let nearest = spoiled.nearest { #expect(problem?.facts["nearest"] == nearest, "\(spoiled.new)") }
  }

  @Test func `a table without columns, without a title in Dutch, without an id`() throws {
    let text = String(decoding: try Folder.contents(of: "\(Self.share)/tables/T01.csv"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let book = try Checkout.tables
    let folder = try TemporaryFolder()
    func read(_ lines: [String]) throws {
      let path = try folder.write("T01.csv", lines.joined(separator: "\n") + "\n")
      _ = try TableDeclaration(path, book.measures, [:])
    }
    let header = try #require(lines.firstIndex { $0.hasPrefix("column,") })
    expectProblem("tables.no_columns") { try read(Array(lines[...header])) }
    let title = try #require(lines.firstIndex { $0.hasPrefix("# title_nl:") })
    var untitled = lines
    untitled[title] = "# title_nl:"
    // Labels are told where the first of the three stands.
    expectProblem("share.no_translation", line: title) { try read(untitled) }
    let description = try #require(lines.firstIndex { $0.hasPrefix("# description_fr:") })
    var silent = lines
    silent[description] = "# description_fr:"
    expectProblem("share.no_translation", line: description + 1) { try read(silent) }
    expectProblem("share.no_property", line: 1) { try read(lines.filter { !$0.hasPrefix("# id:") }) }
  }

  // MARK: - Spoiled indicators and measures

  static let indicators: [Spoiled] = [
    .init("I01", "# unit: percent", "# unit: percents", "share.unknown_name", "percent"),
    .init("I01", "# grade: B", "# grade: D", "share.unknown_name"),
    .init("I01", "# decimals: 1", "# decimals: many", "share.number_range"),
    .init("I01", "# decimals: 1", "# decimals: 1000000000", "share.number_range"),
    .init("I01", "# decimals: 1", "# decimals: 7", "share.number_range"),
    .init(
      "I29",
      "# why_fr: C'est un scénario : les montants des trois tours viennent d'une enquête propre à un territoire.",
      "# why_fr:", "share.no_translation"),
    .init("I01", "jobs[field=ess]", "jobs[field=ess", "formula.expected"),
    .init("I01", "# formula: 100", "# formula: sqr(100)", "formula.function", "sqrt"),
    .init("I01", "FR,definition", "DE,definition", "share.unknown_name"),
    .init("I01", "FR,definition", "FR,definitions", "share.unknown_name", "definition"),
    .init("I01", "FR,grade,A", "FR,grade,E", "share.unknown_name"),
    .init("I01", "country,kind,value", "country,kinds,value", "share.no_column"),
    .init("I28", "c=0.8", "c=much", "share.bad_number"),
    .init("I28", "c=0.8 t=0.35", "c=0.8 t", "share.bad_number"),
  ]

  @Test(arguments: indicators)
  func `a spoiled indicator is refused with its line`(spoiled: Spoiled) throws {
    let copy = try SpoiledCopy(of: "\(Self.share)/indicators/\(spoiled.file).csv", spoiled.old, spoiled.new)
    let measures = try Checkout.tables.measures
    let problem = expectProblem(spoiled.code, line: copy.line, "\(spoiled.new)") {
      _ = try Indicator(copy.path, measures)
    }
    #expect(problem?.place.file == copy.path)
    if let nearest = spoiled.nearest { #expect(problem?.facts["nearest"] == nearest, "\(spoiled.new)") }
  }

  static let measures: [Spoiled] = [
    .init("measures", "\njobs,employers,", "\njobs,employer,", "share.unknown_name", "employers"),
    .init("measures", "\njobs,employers,jobs,", "\njobs,employers,job,", "share.unknown_name", "jobs"),
    .init("measures", "\nfte,employers,", "\njobs,employers,", "share.duplicate"),
    .init("measures", "\nfte,employers,fte,0,C", "\nfte,employers,fte,0,Z", "share.unknown_name"),
    .init("measures", "\nfte,employers,fte,0,C", "\nfte,employers,fte,none,C", "share.number_range"),
    .init("breakdowns", "jobs[given=women] - women,", "jobs - woman,", "formula.unknown", "women"),
    .init("breakdowns", "jobs[given=women] - women,", "jobs - ,", "formula.end"),
    .init("units", "\njobs,", "\neur,", "share.duplicate"),
  ]

  @Test(arguments: measures)
  func `a spoiled book of measures is refused with its line`(spoiled: Spoiled) throws {
    let folder = try TemporaryFolder()
    var line = 0
    for name in ["units", "measures", "breakdowns"] {
      let path = "\(Self.share)/indicators/\(name).csv"
      var bytes = try Folder.contents(of: path)
      if name == spoiled.file {
        let copy = try SpoiledCopy(of: path, spoiled.old, spoiled.new)
        bytes = try Folder.contents(of: copy.path)
        // A change of a whole name begins with the end of the line before.
        line = copy.line + (spoiled.old.hasPrefix("\n") ? 1 : 0)
      }
      try folder.write("indicators/\(name).csv", bytes)
    }
    // Of two lines with one name, the second is refused.
    let isTwice = spoiled.code == "share.duplicate"
    let problem = expectProblem(spoiled.code, line: isTwice ? nil : line, "\(spoiled.new)") {
      _ = try MeasureBook(share: folder.path)
    }
    #expect((problem?.place.line ?? 0) >= line, "\(spoiled.new)")
    #expect(problem?.place.file == folder["indicators/\(spoiled.file).csv"])
    if let nearest = spoiled.nearest { #expect(problem?.facts["nearest"] == nearest, "\(spoiled.new)") }
  }

  // MARK: - Files that somebody adds

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

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
}

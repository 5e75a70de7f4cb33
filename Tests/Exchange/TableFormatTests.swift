import Filesystem
import TestSupport
import Testing
import Wording

@testable import Exchange
@testable import Indicators
@testable import Secrecy

/// A table by hand: a figure of each kind, a name that spreadsheets would compute, one that CSV must quote.
enum SizeTable {
  static func label(_ text: String) -> Label { Label(fr: text, nl: text, en: text) }

  static let sizes = StatisticalTable.Axis(
    "employer-size", Label(fr: "Taille", nl: "Grootte", en: "Size"), .classification,
    [
      .init(
        "small",
        Label(fr: "Moins de 10, \"petites\"", nl: "Minder dan 10, \"kleine\"", en: "Fewer than 10, \"small\""),
        depth: 1),
      .init("middle", Label(fr: "=10 à 49", nl: "=10 tot 49", en: "=10 to 49"), depth: 1),
      .init("large", Label(fr: "50 et plus", nl: "50 en meer", en: "50 and more"), depth: 1),
      .init("total", Label(fr: "Ensemble", nl: "Totaal", en: "Total"), isTotal: true),
    ])

  static let columns = [
    StatisticalTable.Column(
      "jobs", Label(fr: "Postes", nl: "Arbeidsplaatsen", en: "Jobs"), short: label("Postes"),
      .init("jobs", symbol: "", Label(fr: "postes", nl: "arbeidsplaatsen", en: "jobs")), decimals: 0),
    StatisticalTable.Column(
      "share", Label(fr: "Part des postes", nl: "Aandeel van de arbeidsplaatsen", en: "Share of jobs"),
      short: label("Part"), .init("percent", symbol: "%", Label(fr: "pour cent", nl: "procent", en: "per cent")),
      decimals: 1),
  ]

  static let cells: [Cell] = [
    Cell(.published, value: 18_708, low: 18_000, high: 19_000, basis: .partial),
    Cell(.published, value: 84.4382, low: 84.4382, high: 84.4382),
    .suppressed, .suppressed,
    .notAvailable, .notComparable,
    Cell(.published, value: 22_154.6, low: 22_153, high: 22_157, basis: .estimated), .zero,
  ]

  /// Of one territory and year, or of as many as are asked for, all with the same figures.
  static func table(
    territories: Int = 1, years: [Int] = [2024], cells: [Cell] = cells, release: String = "2025-01-01-eedd7e3c",
    isUnprotected: Bool = false
  ) -> StatisticalTable {
    let places = (0..<territories).map { number in
      number == 0
        ? StatisticalTable.Member("FR-REG-32", label("Hauts-de-France"))
        : StatisticalTable.Member("FR-\(number)", label("F\(number)"))
    }
    return StatisticalTable(
      id: "T02",
      title: Label(
        fr: "Économie sociale et solidaire par famille", nl: "Sociale en solidaire economie per familie",
        en: "Social and solidarity economy by family"),
      description: Label(
        fr: "Les familles de l'ESS.", nl: "De families van de SSE.", en: "The families of the SSE."),
      axes: [
        .init("territory", Label(fr: "Territoire", nl: "Gebied", en: "Territory"), .area, places),
        .init(
          "year", Label(fr: "Année", nl: "Jaar", en: "Year"), .time,
          years.map { .init(String($0), label(String($0))) }),
        sizes,
      ],
      columns: columns,
      cells: Array(repeatElement(cells, count: territories * years.count).joined()),
      notes: [
        .init(.figures, Label(fr: "p : partiel.", nl: "p: gedeeltelijk.", en: "p: partial.")),
        .init(.source, Label(fr: "Sources : SIRENE.", nl: "Bronnen: SIRENE.", en: "Sources: SIRENE.")),
      ],
      origin: .init(
        release: release, program: "Essor 0.7", isSimulated: true, perimeter: "common-statutory",
        perimeterTitle: label("Périmètre commun"), perimeterVersion: "2024", isProvisional: false,
        options: ["unit": "legal"], secrecy: ["fr-2024", "be-2024"], isUnprotected: isUnprotected,
        sources: [
          .init("sirene-units", vintage: "2024-12", publisher: "Insee", sha256: ["ab12"]),
          .init("workforce", vintage: "fr-2024", publisher: "", sha256: []),
        ]))
  }

  static func words(_ language: Language = .fr) throws -> Words {
    try Words(share: Checkout.installation.share, language: language)
  }
}

/// Formats that are text, whole: the files beside were read by csvw, frictionless and pyjstat.
@Suite("Tables as text files")
struct TableFormatTests {
  private func expected(_ file: String) throws -> String {
    String(decoding: try Folder.contents(of: "\(Checkout.root)/Tests/Expected/exchange/\(file)"), as: UTF8.self)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `a table as CSV`() throws {
    let expected = try expected("T02.csv")
    #expect(text(TableCSV(SizeTable.table(), .fr).bytes) == expected)
  }

  @Test func `what describes the CSV`() throws {
    let metadata = try CSVWMetadata(SizeTable.table(), SizeTable.words(), file: "T02.csv")
    let expected = try expected("T02.csv-metadata.json")
    #expect(text(metadata.bytes) == expected)
  }

  @Test func `a table as JSON-stat`() throws {
    let dataset = JSONStat(SizeTable.table(), try SizeTable.words())
    let expected = try expected("T02.json")
    #expect(text(dataset.bytes) == expected)
  }

  @Test func `a table as JSON for machines`() {
    let json = text(TableJSON(SizeTable.table(), .fr).bytes)
    let provenance = """
        "provenance": {
          "release": "2025-01-01-eedd7e3c",
          "program": "Essor 0.7",
          "table": "T02",
          "rules": {
            "perimeter": "common-statutory",
            "version": "2024",
            "options": {
              "unit": "legal"
            },
            "provisional": false
          },
          "secrecy": [
            "fr-2024",
            "be-2024"
          ],
          "files": [
            {
              "source": "sirene-units",
              "vintage": "2024-12",
              "sha256": [
                "ab12"
              ]
            },
            {
              "source": "workforce",
              "vintage": "fr-2024",
              "sha256": []
            }
          ]
        },

      """
    #expect(json.contains(provenance), "\(json)")
    let figure = """
            "measure": "jobs",
            "status": "published",
            "value": 22155,
            "quality": "estimated",
            "basis": "estimated",
            "low": 22153,
            "high": 22157,
            "unit": "jobs",
            "decimals": 0

      """
    #expect(json.contains(figure), "\(json)")
    // A share and a true zero; what has no figure has no quality.
    #expect(json.ranges(of: "\"quality\": \"exact\"").count == 2)
    #expect(json.ranges(of: "\"quality\"").count == 4)
  }

  @Test func `the columns that are described are those that are there`() throws {
    let table = SizeTable.table(territories: 3, years: [2023, 2024])
    let read = try readTable(TableCSV(table, .nl).bytes)
    #expect(read.columns == LongForm(table).columns.map(\.name))
    #expect(read.faults.isEmpty)
    #expect(read.rows.count == table.cells.count)
    let places = LongForm(table).key.compactMap { read.columns.firstIndex(of: $0) }
    #expect(Set(read.rows.map { row in places.map { row[$0] } }).count == table.cells.count)
  }

  @Test func `what is for internal use comes without terms`() throws {
    let table = SizeTable.table(isUnprotected: true)
    let words = try SizeTable.words()
    let metadata = try CSVWMetadata(table, words, file: "T02.csv")
    for text in [text(JSONStat(table, words).bytes), text(metadata.bytes)] {
      #expect(!text.contains("licence-ouverte"))
    }
  }

  @Test func `nothing of a hidden cell leaves but its symbol`() throws {
    let hidden = Cell(.suppressed, value: 4_321, low: 4_321, high: 4_321, basis: .estimated)
    let table = SizeTable.table(cells: Array(repeating: hidden, count: 8))
    let words = try SizeTable.words()
    let texts = [text(TableCSV(table, .fr).bytes), text(JSONStat(table, words).bytes)]
    for text in texts {
      #expect(!text.contains("4321"))
      #expect(!text.contains("estimated"))
    }
  }

  @Test(
    arguments: [
      ("2025-01-01-eedd7e3c", "2025-01-01", 1_735_689_600), ("2024-02-29", "2024-02-29", 1_709_164_800),
      ("essai", nil, 946_684_800), ("2025-13-01-x", nil, 946_684_800),
    ] as [(String, String?, Int64)])
  func `the day of a release`(name: String, day: String?, seconds: Int64) {
    let origin = SizeTable.table(release: name).origin
    #expect(origin.releaseDay == day)
    #expect(origin.seconds == seconds)
  }

  @Test(
    arguments: [
      (12.345, 2, "12.35"), (-0.04, 1, "0"), (99.95, 1, "100"), (1_234_567, 0, "1234567"), (0.125, 3, "0.125"),
      (1e17, 0, "1e+17"), (-1e17, 2, "-1e+17"),
      // Halves go away from zero on both sides, whatever the digit before them.
      (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-0.5, 0, "-1"), (-1.5, 0, "-2"), (-2.5, 0, "-3"),
      (0.25, 1, "0.3"), (-0.25, 1, "-0.3"), (0.375, 2, "0.38"), (-0.375, 2, "-0.38"), (-99.95, 1, "-100"),
      (0.499, 0, "0"), (-0.499, 0, "0"), (-12.344, 2, "-12.34"),
    ] as [(Double, Int, String)])
  func `numbers with the decimals of their column`(value: Double, decimals: Int, written: String) throws {
    let rounded = try #require(Figure.rounded(value, decimals))
    var bytes: [UInt8] = []
    bytes.append(published: rounded)
    #expect(text(bytes) == written)
    #expect(Figure.rounded(.nan, decimals) == nil)
  }

  @Test(
    arguments: [
      ([0, 1, 1], [[1, 2], [], []]), ([1, 1, 0], [[], [], [0, 1]]), ([0, 0], [[], []]),
      ([1, 2, 1, 0], [[1], [], [], [0, 2]]), ([2, 1, 2, 0], [[], [0, 2], [], [1]]), ([3, 3], [[], []]),
    ])
  func `what is part of what`(depths: [Int], children: [[Int]]) {
    let members = depths.enumerated().map {
      StatisticalTable.Member(String($0.offset), SizeTable.label("x"), depth: $0.element)
    }
    let axis = StatisticalTable.Axis("x", SizeTable.label("x"), .classification, members)
    #expect(axis.children == children)
  }

  @Test func `texts of JSON`() {
    var json = JSONOutput(spread: false)
    json.object { $0.member("a\"\\\n\u{1}\u{1f}é😀", [String]()) }
    #expect(text(json.bytes) == #"{"a\"\\\n\u0001\u001fé😀":[]}"# + "\n")
  }

  @Test func `no two formats have the same name, and a mark for each basis`() {
    #expect(Set(ExchangeFormat.allCases.map { $0.fileName(of: "T01") }).count == ExchangeFormat.allCases.count)
    let bases: [Cell.Basis] = [
      .estimated, .partial, .approximated, .approximatedEstimated, .approximatedPartial, .banded,
    ]
    for basis in bases {
      #expect(Cell.flags.contains(Cell(.published, value: 1, basis: basis).flag))
    }
    #expect(SizeTable.cells.symbols == [.suppressed, .notAvailable, .notComparable, .estimated, .partial])
  }
}

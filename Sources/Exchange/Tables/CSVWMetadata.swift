package import Diagnostics
package import Indicators
import Secrecy
package import Wording

/// What a program must know to read the CSV of a table: CSV on the Web (W3C, 2015), `T01.csv-metadata.json`.
///
/// Columns are told in the three languages, whatever that of the names in the file.
package struct CSVWMetadata: Sendable {
  package let bytes: [UInt8]

  /// What SDMX calls some columns.
  private enum Sdmx {
    static let dimension = "http://purl.org/linked-data/sdmx/2009/dimension#"
    static let measure = "http://purl.org/linked-data/sdmx/2009/measure#"
    static let attribute = "http://purl.org/linked-data/sdmx/2009/attribute#"
  }

  /// What is said of a column.
  private struct Told {
    let name: String
    let title: Label
    var type = "string"
    /// All that it may hold, where that is little.
    var values: [String] = []
    var isRequired = true
    var property: String?
    var about: Label?
    var isInOneLanguage = false
  }

  /// `file` is the name of the CSV beside it. What is for internal use has no terms.
  package init(
    _ table: StatisticalTable, _ words: Words, file: String, terms: ReuseTerms = .openLicence
  ) throws(Problem) {
    let form = LongForm(table)
    var columns: [Told] = []
    for column in form.columns { columns.append(try Self.told(column, table, words)) }
    let told = columns
    var json = JSONOutput(spread: true)
    json.object { json in
      json.array("@context") {
        $0.value("http://www.w3.org/ns/csvw")
        $0.object { $0.member("@language", words.language.rawValue) }
      }
      json.member("url", file)
      json.translated("dc:title", table.title)
      json.translated("dc:description", table.description)
      json.member("dc:identifier", table.id)
      json.member("dc:language", words.language.rawValue)
      json.member("schema:version", table.origin.release)
      json.member("dc:source", table.origin.sources.map(\.cited))
      if !table.origin.isUnprotected { json.object("dc:license") { $0.member("@id", terms.address) } }
      json.array("notes") { json in
        for note in table.notes {
          json.object {
            $0.member("dc:type", note.kind.rawValue)
            $0.translated("dc:description", note.text)
          }
        }
      }
      json.object("dialect") {
        $0.member("encoding", "utf-8")
        $0.member("delimiter", ",")
        $0.member("quoteChar", "\"")
        $0.member("doubleQuote", true)
        $0.member("lineTerminators", ["\n"])
        $0.member("header", true)
        $0.member("headerRowCount", 1)
      }
      json.object("tableSchema") { json in
        json.array("columns") { json in
          for column in told { json.object { Self.write(column, words.language, to: &$0) } }
        }
        json.member("primaryKey", form.key)
      }
    }
    bytes = json.bytes
  }

  private static func told(
    _ column: LongForm.Column, _ table: StatisticalTable, _ words: Words
  ) throws(Problem) -> Told {
    let name = column.name
    switch column.content {
    case .table: return Told(name: name, title: try words.label("export.table"))
    case .code(let position):
      let axis = table.axes[position]
      var told = Told(name: name, title: axis.label)
      switch axis.role {
      case .area: told.property = Sdmx.dimension + "refArea"
      case .time:
        told.property = Sdmx.dimension + "refPeriod"
        if LongForm.isYears(axis) { told.type = "gYear" }
      case .classification:
        if ["sex", "age"].contains(axis.id) { told.property = Sdmx.dimension + axis.id }
      }
      return told
    case .measure: return Told(name: name, title: try words.label("export.measure"))
    case .value:
      return Told(
        name: name, title: try words.label("export.value"), type: "double", isRequired: false,
        property: Sdmx.measure + "obsValue")
    case .low: return Told(name: name, title: try words.label("export.low"), type: "double", isRequired: false)
    case .high: return Told(name: name, title: try words.label("export.high"), type: "double", isRequired: false)
    case .flag:
      return Told(
        name: name, title: try words.label("export.flag"), values: Cell.flags, isRequired: false,
        about: try symbols(words))
    case .status:
      return Told(
        name: name, title: try words.label("export.value_status"), values: Cell.Status.allCases.map(\.rawValue))
    case .basis: return Told(name: name, title: try words.label("export.basis"), isRequired: false)
    case .unit:
      return Told(
        name: name, title: try words.label("export.unit"), property: Sdmx.attribute + "unitMeasure")
    case .label(let axis):
      return Told(name: name, title: table.axes[axis].label, isInOneLanguage: true)
    case .measureLabel:
      return Told(name: name, title: try words.label("export.measure"), isInOneLanguage: true)
    }
  }

  /// Every symbol with what it means: `c: …; e: …`.
  private static func symbols(_ words: Words) throws(Problem) -> Label {
    var meanings: [(String, Label)] = []
    for symbol in Symbol.allCases { meanings.append((symbol.rawValue, try words.label(symbol.key))) }
    func list(_ language: Language) -> String {
      meanings.map { "\($0.0) = \($0.1[language])" }.joined(separator: "; ")
    }
    return Label(fr: list(.fr), nl: list(.nl), en: list(.en))
  }

  private static func write(_ column: Told, _ language: Language, to json: inout JSONOutput) {
    json.member("name", column.name)
    // The name stands at the head of the file, in no language; a validator looks for it among the titles.
    json.object("titles") {
      $0.member("und", column.name)
      for language in Language.allCases { $0.member(language.rawValue, column.title[language]) }
    }
    if let about = column.about { json.translated("dc:description", about) }
    if column.values.isEmpty {
      json.member("datatype", column.type)
    } else {
      json.object("datatype") {
        $0.member("base", column.type)
        $0.member("format", column.values.joined(separator: "|"))
      }
    }
    json.member("required", column.isRequired)
    if let property = column.property { json.member("propertyUrl", property) }
    if column.isInOneLanguage { json.member("lang", language.rawValue) }
  }
}

extension JSONOutput {
  /// A text in the three languages, as JSON-LD writes it.
  mutating func translated(_ key: String, _ label: Label) {
    array(key) { json in
      for language in Language.allCases {
        json.object {
          $0.member("@value", label[language])
          $0.member("@language", language.rawValue)
        }
      }
    }
  }
}

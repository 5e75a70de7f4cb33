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

  /// `file` is the name of the CSV beside it. What is for internal use has no terms.
  package init(
    _ table: StatisticalTable, _ words: Words, file: String, terms: ReuseTerms = .openLicence
  ) throws(Problem) {
    let form = LongForm(table)
    var columns: [CSVWColumn] = []
    for column in form.columns { columns.append(try Self.told(column, table, words)) }
    let told = columns
    var json = JSONOutput(spread: true)
    json.object { json in
      json.csvwContext(words.language)
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
      json.csvDialect()
      json.tableSchema(told, key: form.key, words.language)
    }
    bytes = json.bytes
  }

  private static func told(
    _ column: LongForm.Column, _ table: StatisticalTable, _ words: Words
  ) throws(Problem) -> CSVWColumn {
    let name = column.name
    switch column.content {
    case .table: return CSVWColumn(name: name, title: try words.label("export.table"))
    case .code(let position):
      let axis = table.axes[position]
      var told = CSVWColumn(name: name, title: axis.label)
      switch axis.role {
      case .area: told.property = Sdmx.dimension + "refArea"
      case .time:
        told.property = Sdmx.dimension + "refPeriod"
        if LongForm.isYears(axis) { told.type = "gYear" }
      case .classification:
        if ["sex", "age"].contains(axis.id) { told.property = Sdmx.dimension + axis.id }
      }
      return told
    case .measure: return CSVWColumn(name: name, title: try words.label("export.measure"))
    case .value:
      return CSVWColumn(
        name: name, title: try words.label("export.value"), type: "double", isRequired: false,
        property: Sdmx.measure + "obsValue")
    case .low: return CSVWColumn(name: name, title: try words.label("export.low"), type: "double", isRequired: false)
    case .high: return CSVWColumn(name: name, title: try words.label("export.high"), type: "double", isRequired: false)
    case .flag:
      return CSVWColumn(
        name: name, title: try words.label("export.flag"), values: Cell.flags, isRequired: false,
        about: try symbols(words))
    case .status:
      return CSVWColumn(
        name: name, title: try words.label("export.value_status"), values: Cell.Status.allCases.map(\.rawValue))
    case .basis: return CSVWColumn(name: name, title: try words.label("export.basis"), isRequired: false)
    case .unit:
      return CSVWColumn(
        name: name, title: try words.label("export.unit"), property: Sdmx.attribute + "unitMeasure")
    case .label(let axis):
      return CSVWColumn(name: name, title: table.axes[axis].label, isInOneLanguage: true)
    case .measureLabel:
      return CSVWColumn(name: name, title: try words.label("export.measure"), isInOneLanguage: true)
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
}

package import Indicators
import Tabular
package import Wording

/// The figures of a table, SDMX-CSV 2.0: a line a figure, codes only, or each with its name in a language.
package struct SdmxCSV {
  private let definition: SdmxDefinition
  private let words: SdmxWords
  private let language: Language?

  package init(_ table: StatisticalTable, _ words: SdmxWords, named language: Language? = nil) {
    definition = SdmxDefinition(table, measure: words[SdmxDefinition.measure])
    self.words = words
    self.language = language
  }

  package var bytes: [UInt8] {
    let table = definition.table
    var text = CSVText(header)
    let flow = SdmxID.reference(toDataflowOf: table.id)
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      for position in table.columns.indices {
        let figure = table.figure(row, position)
        var fields = ["dataflow", flow]
        if let language { fields.append(TableCSV.harmless(table.title[language])) }
        fields.append("I")
        for dimension in definition.dimensions {
          fields.append(definition.code(dimension, members, column: position))
          if let language {
            fields.append(TableCSV.harmless(definition.label(dimension, members, column: position)[language]))
          }
        }
        fields.append(SdmxAttribute.observation(figure) ?? "")
        if language != nil { fields.append("") }
        for attribute in SdmxAttribute.allCases {
          let value = attribute.value(figure)
          fields.append(value ?? "")
          if let language { fields.append(name(attribute, value, figure, language)) }
        }
        text.add(fields)
      }
    }
    return text.bytes
  }

  private var header: [String] {
    var fields = ["STRUCTURE", "STRUCTURE_ID"]
    if language != nil { fields.append("STRUCTURE_NAME") }
    fields.append("ACTION")
    for dimension in definition.dimensions {
      fields.append(dimension.id)
      if let language { fields.append(dimension.label[language]) }
    }
    for id in [SdmxDefinition.value] + SdmxAttribute.allCases.map(\.rawValue) {
      fields.append(id)
      if let language { fields.append(words[id][language]) }
    }
    return fields
  }

  /// Nothing beside a number: it has no name.
  private func name(
    _ attribute: SdmxAttribute, _ value: String?, _ figure: Figure, _ language: Language
  ) -> String {
    guard let value, attribute.list != nil else { return "" }
    return attribute == .unit ? figure.unit.label[language] : words.name(ofCode: value)[language]
  }
}

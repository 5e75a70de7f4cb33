/// Names as SDMX allows them, the same for the same code in every file.
package enum SdmxID {
  package static let agency = "ESSOR"
  package static let version = "1.0.0"
  package static let concepts = "CS_ESSOR"

  /// A code in letters, digits, `-` and `_`; every other byte is `$` and two digits, so that two codes stay two:
  /// `60+` is `60$2B`. The total is `_T`, as in the code lists of SDMX.
  package static func code(_ text: String) -> String {
    if text == "total" { return "_T" }
    guard !text.isEmpty else { return "$" }
    var id = ""
    for (position, byte) in text.utf8.enumerated() {
      let letter = Unicode.Scalar(byte)
      if isPlain(letter) || letter == "-" || (letter == "_" && position > 0) {
        id.unicodeScalars.append(letter)
      } else {
        id += byte < 0x10 ? "$0" : "$"
        id += String(byte, radix: 16, uppercase: true)
      }
    }
    return id
  }

  /// A concept, which begins with a letter: `ess-domain` is `ESS_DOMAIN`.
  package static func concept(_ text: String) -> String {
    var id = ""
    for scalar in text.uppercased().unicodeScalars {
      id.unicodeScalars.append(isPlain(scalar) ? scalar : "_")
    }
    guard let first = id.unicodeScalars.first, isLetter(first) else { return "D_\(id)" }
    return id
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool { isLetter(scalar) || 0x30...0x39 ~= scalar.value }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    0x41...0x5a ~= scalar.value || 0x61...0x7a ~= scalar.value
  }

  package static func dataflow(_ table: String) -> String { "DF_\(code(table))" }
  package static func definition(_ table: String) -> String { "DSD_\(code(table))" }
  static func list(_ concept: String) -> String { "CL_\(concept)" }
  static func measures(of table: String) -> String { "CL_\(code(table))_MEASURE" }

  /// `ESSOR:DF_T01(1.0.0)`, as SDMX-CSV names what a row is of.
  package static func reference(toDataflowOf table: String) -> String { "\(agency):\(dataflow(table))(\(version))" }

  static func urn(ofDefinitionOf table: String) -> String {
    "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=\(agency):\(definition(table))(\(version))"
  }
}

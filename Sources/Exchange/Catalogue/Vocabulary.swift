/// The vocabularies that descriptions are written in, and their short names.
enum Vocabulary {
  static let prefixes: [(name: String, address: String)] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("hydra", "http://www.w3.org/ns/hydra/core#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("qb", "http://purl.org/linked-data/cube#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    // StatDCAT-AP, at the address that its version 3 settled.
    ("stat", "http://data.europa.eu/s1n/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
  ]

  /// The lists of the Publications Office of the European Union.
  enum Authority: String {
    case theme = "data-theme"
    case fileType = "file-type"
    case language, frequency
    case access = "access-right"

    var address: String { "http://publications.europa.eu/resource/authority/\(rawValue)" }

    func address(of code: String) -> String { "\(address)/\(code)" }
  }

  static func mediaType(_ name: String) -> String { "https://www.iana.org/assignments/media-types/\(name)" }
}

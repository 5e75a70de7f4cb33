import Wording

/// What CSV on the Web says of a column.
struct CSVWColumn {
  let name: String
  let title: Label
  var type = "string"
  /// All that it may hold, where that is little.
  var values: [String] = []
  var isRequired = true
  var property: String?
  var about: Label?
  var isInOneLanguage = false

  fileprivate func write(_ language: Language, to json: inout JSONOutput) {
    json.member("name", name)
    // The name stands at the head of the file, in no language; a validator looks for it among the titles.
    json.object("titles") {
      $0.member("und", name)
      for language in Language.allCases { $0.member(language.rawValue, title[language]) }
    }
    if let about { json.translated("dc:description", about) }
    if values.isEmpty {
      json.member("datatype", type)
    } else {
      json.object("datatype") {
        $0.member("base", type)
        $0.member("format", values.joined(separator: "|"))
      }
    }
    json.member("required", isRequired)
    if let property { json.member("propertyUrl", property) }
    if isInOneLanguage { json.member("lang", language.rawValue) }
  }
}

/// What is said of every CSV alike.
extension JSONOutput {
  mutating func csvwContext(_ language: Language) {
    array("@context") {
      $0.value("http://www.w3.org/ns/csvw")
      $0.object { $0.member("@language", language.rawValue) }
    }
  }

  mutating func csvDialect() {
    object("dialect") {
      $0.member("encoding", "utf-8")
      $0.member("delimiter", ",")
      $0.member("quoteChar", "\"")
      $0.member("doubleQuote", true)
      $0.member("lineTerminators", ["\n"])
      $0.member("header", true)
      $0.member("headerRowCount", 1)
    }
  }

  mutating func tableSchema(_ columns: [CSVWColumn], key: [String], _ language: Language) {
    object("tableSchema") { json in
      json.array("columns") { json in
        for column in columns { json.object { column.write(language, to: &$0) } }
      }
      json.member("primaryKey", key)
    }
  }

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

import Indicators
package import Wording

/// A table as schema.org describes one: what search engines read in its page.
package struct SchemaDataset: Sendable {
  package let bytes: [UInt8]

  /// `page` is where people read the table.
  package init(
    _ dataset: CatalogueDataset, _ facts: CatalogueFacts, _ words: CatalogueWords, page: String? = nil,
    language: Language = .fr
  ) {
    let table = dataset.table
    let address = facts.address("dataset", table.id)
    var json = JSONOutput(spread: true)
    json.object { json in
      json.member("@context", "https://schema.org/")
      json.member("@type", "Dataset")
      json.member("@id", address)
      json.member("name", table.title[language])
      json.member("alternateName", Language.allCases.filter { $0 != language }.map { table.title[$0] })
      json.member("description", words.description(of: dataset)[language])
      json.member("url", page.map(IRI.clean) ?? address)
      json.member("identifier", table.id)
      json.member("inLanguage", language.rawValue)
      json.member("keywords", words.keywords(of: dataset).map { $0[language] })
      json.member("version", table.origin.release)
      json.member("isAccessibleForFree", !table.origin.isUnprotected)
      if !table.origin.isUnprotected { json.member("license", IRI.clean(facts.terms.address)) }
      if let issued = facts.issued { json.member("datePublished", issued) }
      if let day = table.origin.releaseDay { json.member("dateModified", day) }
      json.object("creator") { Self.organisation(facts, language, to: &$0) }
      if let period = dataset.period { json.member("temporalCoverage", "\(period.start)/\(period.end)") }
      json.array("spatialCoverage") { json in
        for area in dataset.areas {
          json.object {
            $0.member("@type", "Place")
            $0.member("name", area.label[language])
            $0.member("identifier", area.code)
          }
        }
      }
      json.array("variableMeasured") { json in
        for column in table.columns {
          json.object {
            $0.member("@type", "PropertyValue")
            $0.member("name", column.label[language])
            $0.member("identifier", column.id)
            $0.member("unitText", column.unit.label[language])
          }
        }
      }
      json.array("distribution") { json in
        for file in dataset.files {
          json.object {
            $0.member("@type", "DataDownload")
            $0.member("name", file.format.title)
            $0.member("contentUrl", facts.download(file.name))
            $0.member("encodingFormat", file.format.mediaType)
            $0.member("contentSize", "\(file.size) B")
            $0.member("sha256", file.sha256)
            if let language = file.language { $0.member("inLanguage", language.rawValue) }
          }
        }
      }
      json.object("includedInDataCatalog") {
        $0.member("@type", "DataCatalog")
        $0.member("@id", facts.catalogue)
        $0.member("name", words.title[language])
      }
    }
    bytes = json.bytes
  }

  private static func organisation(_ facts: CatalogueFacts, _ language: Language, to json: inout JSONOutput) {
    json.member("@type", "Organization")
    json.member("name", facts.publisher[language])
    if let homepage = facts.homepage { json.member("url", homepage) }
    if let contact = facts.contact, contact.email != nil || contact.page != nil {
      json.object("contactPoint") {
        $0.member("@type", "ContactPoint")
        $0.member("name", contact.name)
        if let email = contact.email { $0.member("email", email) }
        if let page = contact.page { $0.member("url", IRI.clean(page)) }
      }
    }
  }
}

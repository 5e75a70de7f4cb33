import Wording

/// Who publishes, and whom to write to.
struct Agents {
  let facts: CatalogueFacts

  func publisher(_ graph: inout Graph) -> String {
    let node = "\(facts.base)publisher"
    graph.add(node, type: "foaf:Agent")
    graph.add(node, "foaf:name", facts.publisher)
    if let homepage = facts.homepage { graph.add(node, "foaf:homepage", iri: homepage) }
    return node
  }

  func contact(_ graph: inout Graph) -> String {
    let node = "\(facts.base)contact"
    graph.add(node, type: "vcard:Organization")
    guard let contact = facts.contact else {
      graph.add(node, "vcard:fn", facts.publisher)
      return node
    }
    graph.add(node, "vcard:fn", .text(contact.name, nil))
    if let email = contact.email { graph.add(node, "vcard:hasEmail", iri: "mailto:\(IRI.clean(email))") }
    if let page = contact.page { graph.add(node, "vcard:hasURL", iri: IRI.clean(page)) }
    return node
  }

  /// A language by its code in the European list.
  static func language(_ language: Language, _ graph: inout Graph) -> String {
    let code =
      switch language {
      case .fr: "FRA"
      case .nl: "NLD"
      case .en: "ENG"
      }
    let node = Vocabulary.Authority.language.address(of: code)
    graph.add(node, type: "dct:LinguisticSystem")
    return node
  }

  func licence(_ graph: inout Graph) -> String {
    let node = IRI.clean(facts.terms.address)
    graph.add(node, type: "dct:LicenseDocument")
    graph.add(node, "dct:title", .text(facts.terms.title, nil))
    return node
  }
}

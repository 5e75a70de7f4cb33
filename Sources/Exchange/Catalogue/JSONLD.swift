import Wording

extension Graph {
  /// The same graph as JSON-LD.
  package var jsonLD: [UInt8] {
    var json = JSONOutput(spread: true)
    json.object { json in
      json.object("@context") { json in
        for prefix in Vocabulary.prefixes { json.member(prefix.name, prefix.address) }
      }
      json.array("@graph") { json in
        for node in nodes { json.object { node.write(json: &$0) } }
      }
    }
    return json.bytes
  }
}

extension Graph.Node {
  fileprivate func write(json: inout JSONOutput) {
    json.member("@id", iri)
    for group in grouped {
      let isType = group.predicate == "rdf:type"
      json.array(isType ? "@type" : group.predicate) { json in
        for object in group.objects { object.write(json: &json, isType: isType) }
      }
    }
  }
}

extension Graph.Term {
  fileprivate func write(json: inout JSONOutput, isType: Bool) {
    switch self {
    case .iri(let name), .name(let name):
      if isType {
        json.value(name)
      } else {
        json.object { $0.member("@id", name) }
      }
    case .text(let text, let language):
      json.object {
        $0.member("@value", text)
        if let language { $0.member("@language", language.rawValue) }
      }
    case .typed(let text, let type):
      json.object {
        $0.member("@value", text)
        $0.member("@type", type)
      }
    }
  }
}

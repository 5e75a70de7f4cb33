import Wording

extension Graph {
  /// The graph as Turtle.
  package var turtle: [UInt8] {
    var bytes: [UInt8] = []
    func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
    for prefix in Vocabulary.prefixes { write("@prefix \(prefix.name): <\(prefix.address)> .\n") }
    for node in nodes {
      write("\n<\(node.iri)>")
      for (position, group) in node.grouped.enumerated() {
        write(position == 0 ? "\n  " : " ;\n  ")
        write(group.predicate == "rdf:type" ? "a" : group.predicate)
        for (position, object) in group.objects.enumerated() {
          write(position == 0 ? " " : ", ")
          object.write(turtle: &bytes)
        }
      }
      write(" .\n")
    }
    return bytes
  }
}

extension Graph.Term {
  fileprivate func write(turtle bytes: inout [UInt8]) {
    switch self {
    case .iri(let iri): bytes.append(contentsOf: "<\(iri)>".utf8)
    case .name(let name): bytes.append(contentsOf: name.utf8)
    case .text(let text, let language):
      Self.quote(text, &bytes)
      if let language { bytes.append(contentsOf: "@\(language.rawValue)".utf8) }
    case .typed(let text, let type):
      Self.quote(text, &bytes)
      bytes.append(contentsOf: "^^\(type)".utf8)
    }
  }

  private static func quote(_ text: String, _ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5c:
        bytes.append(0x5c)
        bytes.append(byte)
      case 0x0a: bytes.append(contentsOf: "\\n".utf8)
      case 0x0d: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7f:
        bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
        bytes.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

package import Wording

/// Statements of RDF, in the order in which they were made. Every node has an address: two graphs are equal when their
/// statements are, and a node can be spoken of from elsewhere.
package struct Graph: Sendable {
  package enum Term: Sendable, Hashable {
    case iri(String)
    /// A term of a vocabulary, by its short name: `dcat:Dataset`.
    case name(String)
    case text(String, Language?)
    /// A value and its type: `xsd:date`.
    case typed(String, String)
  }

  package struct Statement: Sendable, Hashable {
    package let predicate: String
    package let object: Term
  }

  package struct Node: Sendable {
    package let iri: String
    package fileprivate(set) var statements: [Statement] = []
    fileprivate var known: Set<Statement> = []

    /// What is said by each predicate, in the order in which each was first used.
    var grouped: [(predicate: String, objects: [Term])] {
      var groups: [(predicate: String, objects: [Term])] = []
      var positions: [String: Int] = [:]
      for statement in statements {
        if let position = positions[statement.predicate] {
          groups[position].objects.append(statement.object)
        } else {
          positions[statement.predicate] = groups.count
          groups.append((statement.predicate, [statement.object]))
        }
      }
      return groups
    }
  }

  package private(set) var nodes: [Node] = []
  private var positions: [String: Int] = [:]

  package init() {}

  /// Saying the same thing twice says it once.
  package mutating func add(_ subject: String, _ predicate: String, _ object: Term) {
    let position = positions[subject] ?? nodes.count
    if position == nodes.count {
      positions[subject] = position
      nodes.append(Node(iri: subject))
    }
    let statement = Statement(predicate: predicate, object: object)
    if nodes[position].known.insert(statement).inserted { nodes[position].statements.append(statement) }
  }

  package mutating func add(_ subject: String, _ predicate: String, iri: String) {
    add(subject, predicate, .iri(iri))
  }

  package mutating func add(_ subject: String, type: String) { add(subject, "rdf:type", .name(type)) }

  package mutating func add(_ subject: String, _ predicate: String, _ label: Label) {
    for language in Language.allCases where !label[language].isEmpty {
      add(subject, predicate, .text(label[language], language))
    }
  }

  package subscript(iri: String) -> Node? { positions[iri].map { nodes[$0] } }
}

import Indicators
import Wording

/// A file of a table, so that whoever finds it knows what it is, may check it and may use it.
struct Distribution {
  let facts: CatalogueFacts

  /// Its address, once it is described.
  func write(_ file: PublishedFile, of table: StatisticalTable, to graph: inout Graph) -> String {
    let node = facts.address("distribution", file.name)
    let download = facts.download(file.name)
    graph.add(node, type: "dcat:Distribution")
    for language in Language.allCases where file.language == nil || file.language == language {
      graph.add(node, "dct:title", .text("\(table.title[language]) – \(file.format.title)", language))
    }
    graph.add(node, "dcat:accessURL", iri: download)
    graph.add(node, "dcat:downloadURL", iri: download)
    if let language = file.language {
      graph.add(node, "dct:language", iri: Agents.language(language, &graph))
    }
    let type = Vocabulary.Authority.fileType.address(of: file.format.fileType)
    graph.add(node, "dct:format", iri: type)
    graph.add(type, type: "dct:MediaTypeOrExtent")
    let media = Vocabulary.mediaType(file.format.plainMediaType)
    graph.add(node, "dcat:mediaType", iri: media)
    graph.add(media, type: "dct:MediaType")
    // What is for internal use is given under no terms.
    if !table.origin.isUnprotected { graph.add(node, "dct:license", iri: Agents(facts: facts).licence(&graph)) }
    graph.add(node, "dcat:byteSize", .typed(String(file.size), "xsd:nonNegativeInteger"))
    let checksum = "\(node)/sha256"
    graph.add(node, "spdx:checksum", iri: checksum)
    graph.add(checksum, type: "spdx:Checksum")
    graph.add(checksum, "spdx:algorithm", .name("spdx:checksumAlgorithm_sha256"))
    graph.add(checksum, "spdx:checksumValue", .typed(file.sha256, "xsd:hexBinary"))
    return node
  }
}

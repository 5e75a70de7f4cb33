import Indicators
import Wording

/// A table as DCAT-AP 3 and StatDCAT-AP describe one.
struct DatasetDescription {
  let facts: CatalogueFacts
  let words: CatalogueWords

  func address(_ table: StatisticalTable) -> String { facts.address("dataset", table.id) }

  func write(_ dataset: CatalogueDataset, to graph: inout Graph) {
    let table = dataset.table
    let node = address(table)
    graph.add(node, type: "dcat:Dataset")
    graph.add(node, "dct:title", table.title)
    graph.add(node, "dct:description", words.description(of: dataset))
    graph.add(node, "dct:identifier", .text(table.id, nil))
    for keyword in words.keywords(of: dataset) { graph.add(node, "dcat:keyword", keyword) }
    graph.add(node, "dct:publisher", iri: Agents(facts: facts).publisher(&graph))
    graph.add(node, "dcat:contactPoint", iri: Agents(facts: facts).contact(&graph))
    for theme in words.themes {
      let address = Vocabulary.Authority.theme.address(of: theme.code)
      graph.add(node, "dcat:theme", iri: address)
      graph.add(address, type: "skos:Concept")
      graph.add(address, "skos:prefLabel", theme.label)
    }
    frequencyAndRights(node, table, &graph)
    period(node, dataset, &graph)
    for area in dataset.areas { place(node, area, &graph) }
    version(node, table, &graph)
    provenance(node, table, &graph)
    standards(node, table, &graph)
    components(node, dataset, &graph)
    for file in dataset.files {
      let distribution = Distribution(facts: facts).write(file, of: table, to: &graph)
      graph.add(node, "dcat:distribution", iri: distribution)
    }
  }

  private func frequencyAndRights(_ node: String, _ table: StatisticalTable, _ graph: inout Graph) {
    let frequency = Vocabulary.Authority.frequency.address(of: facts.frequency)
    graph.add(node, "dct:accrualPeriodicity", iri: frequency)
    graph.add(frequency, type: "dct:Frequency")
    // What holds nothing back is for those who hold the data.
    let access = Vocabulary.Authority.access.address(of: table.origin.isUnprotected ? "NON_PUBLIC" : "PUBLIC")
    graph.add(node, "dct:accessRights", iri: access)
    graph.add(access, type: "dct:RightsStatement")
  }

  private func period(_ node: String, _ dataset: CatalogueDataset, _ graph: inout Graph) {
    guard let period = dataset.period else { return }
    let address = facts.address("period", "\(period.start)_\(period.end)")
    graph.add(node, "dct:temporal", iri: address)
    graph.add(address, type: "dct:PeriodOfTime")
    graph.add(address, "dcat:startDate", .typed(period.start, "xsd:date"))
    graph.add(address, "dcat:endDate", .typed(period.end, "xsd:date"))
  }

  private func place(_ node: String, _ area: StatisticalTable.Member, _ graph: inout Graph) {
    let address = facts.address("area", area.code)
    graph.add(node, "dct:spatial", iri: address)
    graph.add(address, type: "dct:Location")
    graph.add(address, "skos:prefLabel", area.label)
    graph.add(address, "dct:identifier", .text(area.code, nil))
  }

  /// The release is the version: DCAT 3 has a property for it, which those who read version 2 do not know.
  private func version(_ node: String, _ table: StatisticalTable, _ graph: inout Graph) {
    graph.add(node, "dcat:version", .text(table.origin.release, nil))
    graph.add(node, "owl:versionInfo", .text(table.origin.release, nil))
    if let issued = facts.issued { graph.add(node, "dct:issued", .typed(issued, "xsd:date")) }
    if let day = table.origin.releaseDay { graph.add(node, "dct:modified", .typed(day, "xsd:date")) }
  }

  private func provenance(_ node: String, _ table: StatisticalTable, _ graph: inout Graph) {
    guard !table.origin.sources.isEmpty || table.origin.isSimulated else { return }
    let address = facts.address("provenance", table.id)
    graph.add(node, "dct:provenance", iri: address)
    graph.add(address, type: "dct:ProvenanceStatement")
    for source in table.origin.sources { graph.add(address, "rdfs:label", .text(source.cited, nil)) }
    if table.origin.isSimulated { graph.add(address, "rdfs:label", words.simulated) }
  }

  /// How it is laid out, and the perimeter that says what is counted.
  private func standards(_ node: String, _ table: StatisticalTable, _ graph: inout Graph) {
    let definition = SdmxID.urn(ofDefinitionOf: table.id)
    graph.add(node, "dct:conformsTo", iri: definition)
    graph.add(definition, type: "dct:Standard")
    graph.add(definition, "dct:title", table.title)
    graph.add(definition, "dct:identifier", .text(SdmxID.definition(table.id), nil))
    let perimeter = facts.address("perimeter", table.origin.perimeter)
    graph.add(node, "dct:conformsTo", iri: perimeter)
    graph.add(perimeter, type: "dct:Standard")
    graph.add(perimeter, "dct:title", table.origin.perimeterTitle)
    if !table.origin.perimeterVersion.isEmpty {
      graph.add(perimeter, "dcat:version", .text(table.origin.perimeterVersion, nil))
    }
  }

  /// StatDCAT-AP: what its figures are laid out by, qualified by and counted in, and how many series there are.
  private func components(_ node: String, _ dataset: CatalogueDataset, _ graph: inout Graph) {
    let table = dataset.table
    for dimension in SdmxDefinition(table, measure: words.sdmx[SdmxDefinition.measure]).dimensions {
      let address = facts.address("dimension", dimension.id)
      graph.add(node, "stat:dimension", iri: address)
      graph.add(address, type: "qb:DimensionProperty")
      graph.add(address, "rdfs:label", dimension.label)
    }
    for attribute in SdmxAttribute.allCases {
      let address = facts.address("attribute", attribute.rawValue)
      graph.add(node, "stat:attribute", iri: address)
      graph.add(address, type: "qb:AttributeProperty")
      graph.add(address, "rdfs:label", words.sdmx[attribute.rawValue])
    }
    for unit in table.columns.map(\.unit) {
      let address = facts.address("unit", unit.code)
      graph.add(node, "stat:statUnitMeasure", iri: address)
      graph.add(address, type: "skos:Concept")
      graph.add(address, "skos:prefLabel", unit.label)
      graph.add(address, "skos:notation", .text(unit.code, nil))
    }
    graph.add(node, "stat:numSeries", .typed(String(dataset.seriesCount), "xsd:integer"))
  }
}

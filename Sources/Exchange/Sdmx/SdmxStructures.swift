package import Indicators
import Wording

/// The structure message of tables, SDMX-ML 2.1: agency, code lists, concepts, and for each table a definition and a
/// dataflow. Of one table alone the lists are partial: they hold the codes that it has.
package struct SdmxStructures {
  /// What the file is called that has those of every table of a catalogue.
  package static let fileName = "structures.sdmx.xml"

  private let definitions: [SdmxDefinition]
  private let lists: SdmxLists
  private let words: SdmxWords
  private let sender: SdmxSender
  private let isPartial: Bool

  package init(_ tables: [StatisticalTable], _ words: SdmxWords, _ sender: SdmxSender, isPartial: Bool = false) {
    // A table asked of two territories is one dataflow; its lists have what both need.
    let all = tables.map { SdmxDefinition($0, measure: words[SdmxDefinition.measure]) }
    var seen: Set<String> = []
    definitions = all.filter { seen.insert($0.table.id).inserted }
    lists = SdmxLists(all, words)
    self.words = words
    self.sender = sender
    self.isPartial = isPartial
  }

  package var bytes: [UInt8] {
    var xml = XMLText()
    let spaces = [Sdmx.message, Sdmx.structure, Sdmx.common]
    xml.element("message:Structure", spaces) { xml in
      Sdmx.header(&xml, sender, definitions.map(\.table.origin), id: "STRUCTURES")
      xml.element("message:Structures") { xml in
        agency(&xml)
        xml.element("structure:Dataflows") { xml in
          for definition in definitions { dataflow(&xml, definition.table) }
        }
        xml.element("structure:Codelists") { xml in
          for list in lists.lists { codes(&xml, list) }
        }
        xml.element("structure:Concepts") { xml in concepts(&xml) }
        xml.element("structure:DataStructures") { xml in
          for item in definitions { definition(&xml, item) }
        }
      }
    }
    return xml.bytes
  }

  private func agency(_ xml: inout XMLText) {
    xml.element("structure:OrganisationSchemes") { xml in
      xml.element(
        "structure:AgencyScheme",
        [("id", "AGENCIES"), ("agencyID", "SDMX"), ("version", "1.0"), ("isPartial", "true")]
      ) { xml in
        Sdmx.names(&xml, words.agencies)
        xml.element("structure:Agency", [("id", SdmxID.agency)]) { Sdmx.names(&$0, sender.name) }
      }
    }
  }

  private func dataflow(_ xml: inout XMLText, _ table: StatisticalTable) {
    xml.element("structure:Dataflow", Sdmx.maintained(SdmxID.dataflow(table.id))) { xml in
      Sdmx.names(&xml, table.title)
      Sdmx.names(&xml, table.description, "common:Description")
      xml.element("structure:Structure") { xml in
        let id = SdmxID.definition(table.id)
        xml.empty("Ref", Sdmx.reference(id, in: "datastructure", kind: "DataStructure"))
      }
    }
  }

  private func codes(_ xml: inout XMLText, _ list: SdmxList) {
    let partial: XMLText.Attributes = isPartial ? [("isPartial", "true")] : []
    xml.element("structure:Codelist", Sdmx.maintained(list.id) + partial) { xml in
      Sdmx.names(&xml, list.label)
      for code in list.codes {
        xml.element("structure:Code", [("id", code.id)]) { xml in
          Sdmx.names(&xml, code.label)
          if let parent = code.parent {
            xml.element("structure:Parent") { $0.empty("Ref", [("id", parent)]) }
          }
        }
      }
    }
  }

  private func concepts(_ xml: inout XMLText) {
    xml.element("structure:ConceptScheme", Sdmx.maintained(SdmxID.concepts)) { xml in
      Sdmx.names(&xml, words.scheme)
      var known: Set<String> = []
      func concept(_ id: String, _ label: Label) {
        guard known.insert(id).inserted else { return }
        xml.element("structure:Concept", [("id", id)]) { Sdmx.names(&$0, label) }
      }
      for dimension in definitions.flatMap(\.dimensions) { concept(dimension.id, dimension.label) }
      for id in [SdmxDefinition.value] + SdmxAttribute.allCases.map(\.rawValue) { concept(id, words[id]) }
    }
  }

  private func definition(_ xml: inout XMLText, _ definition: SdmxDefinition) {
    let table = definition.table
    xml.element("structure:DataStructure", Sdmx.maintained(SdmxID.definition(table.id))) { xml in
      Sdmx.names(&xml, table.title)
      xml.element("structure:DataStructureComponents") { xml in
        xml.element("structure:DimensionList", [("id", "DimensionDescriptor")]) { xml in
          for (position, dimension) in definition.dimensions.enumerated() {
            let name = dimension.list == nil ? "structure:TimeDimension" : "structure:Dimension"
            xml.element(name, [("id", dimension.id), ("position", String(position + 1))]) { xml in
              component(&xml, dimension.id, list: dimension.list, text: "ObservationalTimePeriod")
            }
          }
        }
        xml.element("structure:AttributeList", [("id", "AttributeDescriptor")]) { xml in
          for item in SdmxAttribute.allCases { attribute(&xml, item) }
        }
        xml.element("structure:MeasureList", [("id", "MeasureDescriptor")]) { xml in
          xml.element("structure:PrimaryMeasure", [("id", SdmxDefinition.value)]) { xml in
            component(&xml, SdmxDefinition.value, list: nil, text: "Double")
          }
        }
      }
    }
  }

  private func attribute(_ xml: inout XMLText, _ attribute: SdmxAttribute) {
    let status = attribute.isMandatory ? "Mandatory" : "Conditional"
    xml.element("structure:Attribute", [("id", attribute.rawValue), ("assignmentStatus", status)]) { xml in
      component(&xml, attribute.rawValue, list: attribute.list, text: attribute.isWhole ? "Integer" : "Double")
      xml.element("structure:AttributeRelationship") { xml in
        let (kind, id) =
          attribute.isOfMeasure ? ("Dimension", SdmxDefinition.measure) : ("PrimaryMeasure", SdmxDefinition.value)
        xml.element("structure:\(kind)") { $0.empty("Ref", [("id", id)]) }
      }
    }
  }

  /// The concept of a component and what its values are.
  private func component(_ xml: inout XMLText, _ concept: String, list: String?, text: String) {
    xml.element("structure:ConceptIdentity") { xml in
      xml.empty(
        "Ref",
        [
          ("id", concept), ("maintainableParentID", SdmxID.concepts), ("maintainableParentVersion", SdmxID.version),
          ("agencyID", SdmxID.agency), ("package", "conceptscheme"), ("class", "Concept"),
        ])
    }
    xml.element("structure:LocalRepresentation") { xml in
      if let list {
        xml.element("structure:Enumeration") { xml in
          xml.empty("Ref", Sdmx.reference(list, in: "codelist", kind: "Codelist"))
        }
      } else {
        xml.empty("structure:TextFormat", [("textType", text)])
      }
    }
  }
}

package import Indicators

/// The figures of a table, SDMX-ML 2.1 generic: readable with its structure or without, a series for each place in the
/// table, its years one after another.
package struct SdmxXML {
  private let definition: SdmxDefinition
  private let words: SdmxWords
  private let sender: SdmxSender

  package init(_ table: StatisticalTable, _ words: SdmxWords, _ sender: SdmxSender) {
    definition = SdmxDefinition(table, measure: words[SdmxDefinition.measure])
    self.words = words
    self.sender = sender
  }

  /// What is to lie beside the figures, so that the two can be read alone: a message of SDMX-ML 2.1 is of structures or
  /// of data, never both.
  package var structure: SdmxStructures { SdmxStructures([definition.table], words, sender, isPartial: true) }

  package var bytes: [UInt8] {
    let table = definition.table
    let flow = SdmxID.dataflow(table.id)
    var xml = XMLText()
    xml.element("message:GenericData", [Sdmx.message, Sdmx.generic, Sdmx.common]) { xml in
      Sdmx.header(&xml, sender, [table.origin], id: SdmxID.code(table.id)) { xml in
        // Without a time, each observation has its whole key.
        let across = definition.time == nil ? "AllDimensions" : "TIME_PERIOD"
        xml.element("message:Structure", [("structureID", flow), ("dimensionAtObservation", across)]) { xml in
          xml.element("common:StructureUsage") { xml in
            xml.empty("Ref", Sdmx.reference(flow, in: "datastructure", kind: "Dataflow"))
          }
        }
      }
      xml.element("message:DataSet", [("structureRef", flow), ("action", "Information")]) { xml in
        if let time = definition.time {
          series(&xml, time)
        } else {
          flat(&xml)
        }
      }
    }
    return xml.bytes
  }

  private func series(_ xml: inout XMLText, _ time: Int) {
    let table = definition.table
    // How far apart two years of the same place are, and which rows are of the first year.
    let step = table.axes[(time + 1)...].map(\.members.count).reduce(1, *)
    let years = table.axes[time].members
    for row in 0..<table.rowCount where row / step % years.count == 0 {
      let members = table.members(of: row)
      for position in table.columns.indices {
        xml.element("generic:Series") { xml in
          xml.element("generic:SeriesKey") { xml in
            for dimension in definition.dimensions where dimension.list != nil {
              value(&xml, dimension.id, definition.code(dimension, members, column: position))
            }
          }
          // Of the column alone: any of its figures says the same.
          attributes(&xml, SdmxAttribute.ofMeasures, table.figure(row, position))
          for year in years.indices {
            xml.element("generic:Obs") { xml in
              xml.empty("generic:ObsDimension", [("value", years[year].code)])
              observation(&xml, SdmxAttribute.ofObservations, table.figure(row + year * step, position))
            }
          }
        }
      }
    }
  }

  private func flat(_ xml: inout XMLText) {
    let table = definition.table
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      for position in table.columns.indices {
        xml.element("generic:Obs") { xml in
          xml.element("generic:ObsKey") { xml in
            for dimension in definition.dimensions {
              value(&xml, dimension.id, definition.code(dimension, members, column: position))
            }
          }
          observation(&xml, SdmxAttribute.allCases, table.figure(row, position))
        }
      }
    }
  }

  private func observation(_ xml: inout XMLText, _ said: [SdmxAttribute], _ figure: Figure) {
    if let text = SdmxAttribute.observation(figure) { xml.empty("generic:ObsValue", [("value", text)]) }
    attributes(&xml, said, figure)
  }

  private func attributes(_ xml: inout XMLText, _ said: [SdmxAttribute], _ figure: Figure) {
    xml.element("generic:Attributes") { xml in
      for attribute in said {
        if let text = attribute.value(figure) { value(&xml, attribute.rawValue, text) }
      }
    }
  }

  private func value(_ xml: inout XMLText, _ id: String, _ text: String) {
    xml.empty("generic:Value", [("id", id), ("value", text)])
  }
}

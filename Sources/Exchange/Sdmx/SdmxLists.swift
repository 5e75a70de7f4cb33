import Indicators
import Secrecy
import Wording

/// A list of codes of a structure message.
struct SdmxList {
  struct Code {
    let id: String
    let label: Label
    let parent: String?
  }

  let id: String
  let label: Label
  fileprivate(set) var codes: [Code] = []
  fileprivate var known: Set<String> = []
}

/// The lists of several tables put together: an axis that two tables have is one list, with the codes of both.
///
/// A code keeps the name and the parent that it had in the first table, and its parent always stands before it.
struct SdmxLists {
  private(set) var lists: [SdmxList] = []
  private var positions: [String: Int] = [:]

  init(_ definitions: [SdmxDefinition], _ words: SdmxWords) {
    for definition in definitions {
      let table = definition.table
      for axis in table.axes where axis.role != .time {
        add(SdmxID.list(SdmxDefinition.id(of: axis)), axis.label, Self.codes(of: axis.members))
      }
      add(SdmxID.measures(of: table.id), table.title, table.columns.map { Self.code($0.id, $0.label) })
      add(
        SdmxID.list("UNIT"), words[SdmxAttribute.unit.rawValue],
        table.columns.map { Self.code($0.unit.code, $0.unit.label) })
    }
    add(.status, words, SdmxStatus.Observation.allCases.map(\.rawValue))
    add(.confidentiality, words, SdmxStatus.Confidentiality.allCases.map(\.rawValue))
    add(.basis, words, Cell.Basis.inSdmx.map { SdmxID.code($0.rawValue) })
  }

  private mutating func add(_ attribute: SdmxAttribute, _ words: SdmxWords, _ ids: [String]) {
    let codes = ids.map { SdmxList.Code(id: $0, label: words.name(ofCode: $0), parent: nil) }
    add(SdmxID.list(attribute.rawValue), words[attribute.rawValue], codes)
  }

  private mutating func add(_ id: String, _ label: Label, _ codes: [SdmxList.Code]) {
    let position = positions[id] ?? lists.count
    if position == lists.count {
      positions[id] = position
      lists.append(SdmxList(id: id, label: label))
    }
    for code in codes where lists[position].known.insert(code.id).inserted { lists[position].codes.append(code) }
  }

  private static func code(_ id: String, _ label: Label, parent: String? = nil) -> SdmxList.Code {
    SdmxList.Code(id: SdmxID.code(id), label: label, parent: parent)
  }

  /// Under each member, those that follow it and stand deeper.
  private static func codes(of members: [StatisticalTable.Member]) -> [SdmxList.Code] {
    var above: [StatisticalTable.Member] = []
    return members.map { member in
      while let last = above.last, last.depth >= member.depth { above.removeLast() }
      defer { above.append(member) }
      return code(member.code, member.label, parent: above.last.map { SdmxID.code($0.code) })
    }
  }
}

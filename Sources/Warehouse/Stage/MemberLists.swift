internal import Diagnostics
import Nomenclature
import Registers
import Tabular

/// Who is on which list, by country.
struct MemberLists {
  private(set) var french: [UInt64: String] = [:]
  private(set) var belgian: [UInt64: String] = [:]
  let items: [SourceArchive.Item]

  init(_ archive: SourceArchive, _ book: NomenclatureBook) throws {
    items = archive.all(.list)
    var names: [MemberList.Member: [String]] = [:]
    for item in items {
      try item.verify()
      var account = Reconciliation()
      for member in try MemberList.read(
        item.open(), of: book.lists[item.receipt.vintage]?.country, account: &account)
      {
        names[member, default: []].append(item.receipt.vintage)
      }
    }
    for (member, lists) in names {
      let text = "|" + lists.sorted().joined(separator: "|") + "|"
      if member.isFrench { french[member.number] = text } else { belgian[member.number] = text }
    }
  }
}

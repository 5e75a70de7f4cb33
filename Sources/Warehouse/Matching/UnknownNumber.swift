package import Diagnostics
import DuckStore
package import Registers

/// A decision of a review file whose number no register has: nobody comes in by it.
package struct UnknownNumber: Sendable, Equatable {
  package let line: Int
  package let record: String
  package let name: String
  /// As it is printed.
  package let number: String
}

extension Release {
  /// By record, the numbers that people had given to records of a source and that no register had.
  package func unknownNumbers(of source: String) throws -> [String: MemberList.Member] {
    let rows = try store.rows(
      """
      SELECT record, country, unit FROM matches WHERE source = \(sqlText(source)) AND method = 'decision'
        AND status = 'none' AND unit IS NOT NULL
      """)
    var numbers: [String: MemberList.Member] = [:]
    for row in rows {
      numbers[row[0].text] = MemberList.Member(isFrench: row[1].text == "FR", number: UInt64(row[2].integer ?? 0))
    }
    return numbers
  }
}

extension ReviewFile {
  /// The decisions that still give the number that a release found in no register, in the order of the file.
  package func unknown(_ numbers: [String: MemberList.Member]) throws(Problem) -> [UnknownNumber] {
    let decisions = try decisions()
    var unknown: [UnknownNumber] = []
    for (row, line) in zip(rows, lines) where row.isDecided {
      guard case .number(let member)? = decisions[row.record], numbers[row.record] == member else { continue }
      unknown.append(
        UnknownNumber(line: line, record: row.record, name: row.name, number: MemberLists.printed(member)))
    }
    return unknown
  }
}

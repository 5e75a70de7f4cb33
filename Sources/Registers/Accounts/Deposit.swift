/// Annual accounts that an enterprise has filed: one year, one model, the amounts of the items that are kept.
package struct Deposit: Sendable {
  package let reference: String
  /// The number of the enterprise.
  package let enterprise: UInt64
  /// Days as numbers, yyyymmdd; 0 where the day of the filing is not told.
  package let filed, start, end: Int32
  package let model: String
  /// By the position of the item in `AccountRubrics`, in hundredths: cents, or hundredths of an equivalent.
  package var values: [Int32: Int64] = [:]
  /// Of the year before, as told again: to be held against the deposit of that year.
  package var previousAssets: Int64?

  package var year: Int32 { end / 10_000 }
}

/// What one deposit says of itself, before it is taken in.
struct DepositHead: Equatable {
  var reference = ""
  var enterprise = ""
  var filed = ""
  var start = ""
  var end = ""
  var model = ""
}

/// One figure as a publisher gives it: a sum over many organisations, with the cell that it stands in.
///
/// It is kept beside the figures made from units, never added to them (docs/decisions/0011).
package struct Aggregate: Sendable, Hashable {
  /// Everything that says which cell is meant.
  package struct Cell: Sendable, Hashable {
    /// `FR-REG-32`, as everywhere; a code of before where the publisher uses one.
    package var territory: String
    package var year: Int
    /// 1 to 4, or 0 for the year.
    package var quarter: Int
    /// `ess`, `rest` or `all` employers.
    package var field: String
    /// A family of the ESS; empty for all of the field.
    package var family: String
    /// `a88`, `a17`, `naf-rev2`…; empty for all activities.
    package var classification: String
    package var activity: String
    package var measure: String
  }

  package var cell: Cell
  /// In thousandths, so that sums are exact; nil where the publisher hides it or leaves it blank, or writes no number.
  package var thousandths: Int64?
  /// Hidden by the publisher's own rules of secrecy.
  package var isSecret: Bool

  package var value: Double? { thousandths.map { Double($0) / 1000 } }
}

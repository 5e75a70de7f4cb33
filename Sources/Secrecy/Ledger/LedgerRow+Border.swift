extension LedgerRow {
  /// Of both countries, where the figures of one are not the same thing as those of the other.
  package static let notComparable = LedgerRow(border: .notComparable)

  private init(border cell: Cell) {
    before = cell
    after = cell
    change = cell
    parts = Ledger.Reason.allCases.map { _ in cell }
    other = nil
    isHidden = (false, false)
  }
}

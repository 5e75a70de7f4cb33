/// The rubrics that a model of accounts shows, with their values.
struct Rubrics {
  /// Whole euros, or tenths of full-time equivalents.
  struct Rubric: Equatable {
    let code: String
    let value: Int
    var isTenths = false

    /// As the file writes it.
    var text: String { isTenths ? "\(value / 10).\(value % 10)" : String(value) }
  }

  private(set) var all: [Rubric] = []

  /// `tellsTurnover` and `tellsStaff` are what the small may leave out.
  init(_ year: AccountYear, _ model: AccountModel, tellsTurnover: Bool, tellsStaff: Bool) {
    addBalance(year, model)
    addResult(year, model, tellsTurnover: tellsTurnover)
    if year.tenths > 0 {
      if tellsStaff { all.append(Rubric(code: "9087", value: year.tenths, isTenths: true)) }
      // The social balance sheet is for all that employ.
      all.append(Rubric(code: "1003", value: year.tenths, isTenths: true))
    }
  }

  private mutating func add(_ code: String, _ value: Int) {
    if value != 0 { all.append(Rubric(code: code, value: value)) }
  }

  private mutating func addBalance(_ year: AccountYear, _ model: AccountModel) {
    add("21/28", year.fixed)
    add("29/58", year.assets - year.fixed)
    if model.size == .full { add("3", year.stocks) }
    add("40/41", year.receivables)
    add("54/58", year.cash)
    add("490/1", year.accruals)
    add("20/58", year.assets)
    add("10/15", year.ownFunds)
    add("15", year.capitalSubsidies)
    add("16", year.provisions)
    add("17/49", year.debts)
    add("17", year.longDebts)
    add("170/4", year.longDebts)
    add("42/48", year.shortDebts)
    add("492/3", year.otherDebts)
    add("10/49", year.ownFunds + year.provisions + year.debts)
  }

  private mutating func addResult(_ year: AccountYear, _ model: AccountModel, tellsTurnover: Bool) {
    if model.size == .full {
      add("70/76A", year.revenue)
      add("60/66A", year.costs)
      add("60/61", year.goods)
      add("74", year.otherIncome)
    } else {
      add("9900", year.revenue - year.goods)
    }
    if model.size == .full || tellsTurnover { add("70", year.turnover) }
    if model.isAssociation { add("73", year.subsidies) }
    add("62", year.staffCost)
    add("630", year.depreciation)
    add("640/8", year.otherCosts)
    add("9901", year.operating)
    add("75/76B", year.financialIncome)
    add("65/66B", year.financialCosts)
    add("9903", year.beforeTax)
    add("67/77", year.tax)
    add("9904", year.result)
  }
}

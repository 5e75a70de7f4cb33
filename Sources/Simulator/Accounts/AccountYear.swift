/// The accounts of an enterprise for a year: whole euros, and a balance that balances.
///
/// They depend on the enterprise, the year and its staff only: what a deposit says of the year before is what the
/// deposit of that year said.
struct AccountYear {
  /// Full-time equivalents, in tenths.
  let tenths: Int
  let staffCost: Int
  let turnover, subsidies, otherIncome: Int
  let goods, depreciation, otherCosts: Int
  let financialIncome, financialCosts, tax: Int
  let fixed, stocks, receivables, cash, accruals: Int
  let ownFunds, capitalSubsidies, provisions: Int
  let longDebts, shortDebts, otherDebts: Int

  /// `declared` is the turnover of a company; an association has the income that its staff costs.
  init(
    _ enterprise: Enterprise, _ year: Int, isAssociation: Bool, tenths: Int, staffCost: Int, declared: Double
  ) {
    var habits = Draws(key: enterprise.key, 81_000)
    var draws = Draws(key: enterprise.key, 81_000 + year)
    func part(_ whole: Int, _ from: Double, _ to: Double, _ draws: inout Draws) -> Int {
      Int(Double(whole) * (from + (to - from) * draws.share()))
    }
    self.tenths = tenths
    self.staffCost = staffCost
    let cost = Double(staffCost)
    let wanted =
      isAssociation
      ? cost / (0.5 + 0.28 * habits.share()) + 15_000 + 140_000 * habits.share() * habits.share()
      : max(declared, cost * (1.2 + 0.4 * habits.share()))
    let income = Int(wanted * (0.97 + 0.06 * draws.share()))
    subsidies = isAssociation ? part(income, 0.4, 0.75, &habits) : 0
    otherIncome = part(income, 0.005, 0.05, &habits)
    turnover = income - subsidies - otherIncome
    depreciation = part(income, 0.015, 0.06, &habits)
    otherCosts = part(income, 0.002, 0.01, &draws)
    // What is left for purchases once a result between a small loss and a small gain is set aside.
    let result = part(income, -0.03, 0.06, &draws)
    goods = max(income / 20, income - staffCost - depreciation - otherCosts - result)
    let total = part(income, 0.4, 1.3, &habits) + 5000
    fixed = part(total, 0.15, 0.6, &habits)
    let current = total - fixed
    stocks = isAssociation ? 0 : part(current, 0, 0.3, &habits)
    receivables = part(current, 0.2, 0.35, &draws)
    accruals = part(current, 0, 0.04, &draws)
    cash = current - stocks - receivables - accruals
    capitalSubsidies = isAssociation ? part(total, 0, 0.15, &habits) : 0
    ownFunds = capitalSubsidies + part(total, 0.1, 0.5, &habits)
    provisions = part(total, 0, 0.03, &habits)
    let debts = total - ownFunds - provisions
    longDebts = part(debts, 0.1, 0.5, &habits)
    otherDebts = part(debts, 0, 0.05, &draws)
    shortDebts = debts - longDebts - otherDebts
    financialIncome = part(cash, 0, 0.01, &draws)
    financialCosts = part(longDebts, 0.01, 0.03, &draws)
    let before =
      income - goods - staffCost - depreciation - otherCosts + financialIncome - financialCosts
    tax = isAssociation ? 0 : max(0, before) / 5
  }

  var revenue: Int { turnover + subsidies + otherIncome }
  var costs: Int { goods + staffCost + depreciation + otherCosts }
  var operating: Int { revenue - costs }
  var beforeTax: Int { operating + financialIncome - financialCosts }
  var result: Int { beforeTax - tax }
  var assets: Int { fixed + stocks + receivables + cash + accruals }
  var debts: Int { longDebts + shortDebts + otherDebts }
}

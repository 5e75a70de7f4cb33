/// What the publishers of Belgium count, gathered while the enterprises are drawn: cells, not enterprises.
struct BelgianTally {
  /// What the social security tells of a cell at the end of a quarter: a place in its row.
  enum Measure: Int, CaseIterable { case employers, jobs, tenths, pay }
  /// What the VAT declarations of a quarter tell.
  enum Declared: Int, CaseIterable { case taxpayers, turnover, investment }

  let years: ClosedRange<Int>
  /// By commune, field (1 is the social economy, which is counted in 0 too) and division: at the workplace, and at the
  /// seat of the employer.
  private(set) var workplaces: CellTable<Int>
  private(set) var seats: CellTable<Int>
  /// By arrondissement and division.
  private(set) var declarations: CellTable<Int>
  /// Pay of each quarter against a fourth of the year's.
  private let payShares: [Double]

  init(years: ClosedRange<Int>, payShares: [Double]) {
    self.years = years
    self.payShares = payShares
    workplaces = CellTable(width: Measure.allCases.count * 4 * years.count)
    seats = CellTable(width: Measure.allCases.count * 4 * years.count)
    declarations = CellTable(width: Declared.allCases.count * 4 * years.count)
  }

  static func key(_ place: Int, _ isSocial: Bool, _ division: Int) -> Int {
    place << 20 | (isSocial ? 1 << 10 : 0) | division
  }
  static func parts(of key: Int) -> (place: Int, isSocial: Bool, division: Int) {
    (key >> 20, key >> 10 & 1 == 1, key & 1023)
  }

  /// Where the figures of a quarter begin in a row.
  func place(_ year: Int, _ quarter: Int, width: Int) -> Int { ((year - years.lowerBound) * 4 + quarter) * width }

  /// An establishment, in the commune where it is.
  mutating func addWorkplace(_ told: EmployerYear, in year: Int, place: Int, isSocial: Bool, division: Int) {
    for isSocial in isSocial ? [false, true] : [false] {
      let start = workplaces.start(of: Self.key(place, isSocial, division)) + self.place(year, 0, width: 4)
      for quarter in 0..<4 where told.quarters[quarter] > 0 {
        let cell = start + 4 * quarter
        workplaces[cell] += 1
        workplaces[cell + Measure.jobs.rawValue] += told.quarters[quarter]
        workplaces[cell + Measure.tenths.rawValue] += told.share(told.headcount.tenths, quarter: quarter)
        workplaces[cell + Measure.pay.rawValue] += pay(told, quarter)
      }
    }
  }

  private func pay(_ told: EmployerYear, _ quarter: Int) -> Int {
    Int(Double(told.share(told.headcount.pay, quarter: quarter)) / 4 * payShares[quarter])
  }

  /// An employer with all that its establishments told, in the commune of its seat.
  mutating func addSeat(_ staff: EnterpriseStaff, place: Int, isSocial: Bool, division: Int) {
    for isSocial in isSocial ? [false, true] : [false] {
      let start = seats.start(of: Self.key(place, isSocial, division))
      for (quarter, told) in staff.quarters.enumerated() where told.jobs > 0 {
        let cell = start + 4 * quarter
        seats[cell] += 1
        seats[cell + Measure.jobs.rawValue] += told.jobs
        seats[cell + Measure.tenths.rawValue] += told.tenths
        seats[cell + Measure.pay.rawValue] += told.pay
      }
    }
  }

  /// Adds the year of an establishment to what its enterprise tells.
  func add(_ told: EmployerYear, in year: Int, to staff: inout EnterpriseStaff) {
    for quarter in 0..<4 where told.quarters[quarter] > 0 {
      staff.quarters[(year - years.lowerBound) * 4 + quarter].add(
        jobs: told.quarters[quarter], tenths: told.share(told.headcount.tenths, quarter: quarter),
        pay: pay(told, quarter))
    }
  }

  mutating func addDeclaration(area: Int, division: Int, year: Int, quarter: Int, turnover: Int, investment: Int) {
    let cell = declarations.start(of: Self.key(area, false, division)) + place(year, quarter, width: 3)
    declarations[cell] += 1
    declarations[cell + Declared.turnover.rawValue] += turnover
    declarations[cell + Declared.investment.rawValue] += investment
  }
}

/// The staff of an enterprise, all its establishments together, at the end of each quarter of the years told.
struct EnterpriseStaff {
  struct Quarter {
    private(set) var jobs = 0
    private(set) var tenths = 0
    private(set) var pay = 0

    mutating func add(jobs: Int, tenths: Int, pay: Int) {
      self.jobs += jobs
      self.tenths += tenths
      self.pay += pay
    }
  }

  var quarters: [Quarter]

  init(years: Int) { quarters = Array(repeating: Quarter(), count: 4 * years) }

  /// Ready for the next enterprise.
  mutating func clear() {
    for place in quarters.indices { quarters[place] = Quarter() }
  }
}

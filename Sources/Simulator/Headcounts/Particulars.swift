import Diagnostics
import Tabular

/// What a row tells that few files do: parts of its parts, its hours, who is paid what, statuses of Belgium.
struct Particulars {
  let near60, assisted, apprentices, agency: Int
  let womenManagers, womenPay: Int
  /// Paid in the year.
  let hours: Int
  /// Gross pay of managers, intermediate professions, clerks, workers: together, that of the row.
  let pay: SIMD4<Int>
  let blueCollar, whiteCollar, civilServants: Int

  func write(withStatuses: Bool, to csv: inout CSVWriter) {
    csv.fields(near60, assisted, apprentices, agency, womenManagers, womenPay, hours)
    csv.fields(pay[0], pay[1], pay[2], pay[3])
    if withStatuses { csv.fields(blueCollar, whiteCollar, civilServants) } else { csv.commas(3) }
  }

  /// The rates by which they are made of the rest of the row: `constants.csv`.
  struct Rates {
    let near60, assisted, apprentices, agency: Double
    let womenManagers, gapLeast, gapMost, hoursLeast, hoursMost: Double
    /// The pay of a job of each occupation against those of the others.
    let levels: SIMD4<Double>
    let blueCollarClerks: Double

    init(_ constants: Constants) throws(Problem) {
      near60 = try constants.value("age_55_59")
      assisted = try constants.value("assisted")
      apprentices = try constants.value("apprentices")
      agency = try constants.value("agency")
      womenManagers = try constants.value("women_managers")
      gapLeast = try constants.value("women_pay_gap_least")
      gapMost = try constants.value("women_pay_gap_most")
      hoursLeast = try constants.value("full_time_hours_least")
      hoursMost = try constants.value("full_time_hours_most")
      levels = SIMD4(
        try constants.value("pay_managers"), try constants.value("pay_intermediate"),
        try constants.value("pay_clerks"), try constants.value("pay_workers"))
      blueCollarClerks = try constants.value("blue_collar_clerks")
    }
  }
}

extension Workforce {
  /// From a sequence of their own: the headcount of a year is the same with and without them.
  func particulars(of employer: Employer, in year: Int, _ headcount: Headcount) -> Particulars {
    var draws = Draws(key: employer.key, 50_000 + year)
    // What women lack and how long a full time is are habits of the establishment, the same every year.
    var habits = Draws(key: employer.key, 50_000)
    let gap = rates.gapLeast + (rates.gapMost - rates.gapLeast) * habits.share()
    let fullTime = rates.hoursLeast + (rates.hoursMost - rates.hoursLeast) * habits.share()

    let near60 = part(headcount.old - headcount.sixty, rates.near60, &draws)
    let assisted = part(headcount.other, rates.assisted, &draws)
    let apprentices = part(headcount.other - assisted, rates.apprentices / max(0.05, 1 - rates.assisted), &draws)
    let agency = part(
      headcount.other - assisted - apprentices,
      rates.agency / max(0.05, 1 - rates.assisted - rates.apprentices), &draws)

    // Women who are not managers hold jobs that are not managers'.
    let others = headcount.jobs - headcount.managers
    let share = Double(headcount.women) / Double(headcount.jobs)
    let likely = part(headcount.managers, share * rates.womenManagers, &draws)
    let womenManagers = min(headcount.women, max(headcount.women - others, likely))
    let (pay, womenPay) = payByOccupation(headcount, womenManagers: womenManagers, gap: gap)

    let workers = headcount.workers
    let civilServants = part(headcount.jobs - workers, traits[employer.division].civilServants, &draws)
    let manual = workers + part(headcount.clerks, rates.blueCollarClerks, &draws)
    let blueCollar = min(headcount.jobs - civilServants, manual)
    return Particulars(
      near60: near60, assisted: assisted, apprentices: apprentices, agency: agency, womenManagers: womenManagers,
      womenPay: womenPay, hours: Int(Double(headcount.tenths) / 10 * fullTime), pay: pay, blueCollar: blueCollar,
      whiteCollar: headcount.jobs - civilServants - blueCollar, civilServants: civilServants)
  }

  /// The gross pay of each occupation, and what of it all goes to women: at the same occupation, a woman has the pay of
  /// a man less the gap.
  private func payByOccupation(_ headcount: Headcount, womenManagers: Int, gap: Double) -> (SIMD4<Int>, women: Int) {
    let jobs = SIMD4(
      Double(headcount.managers), Double(headcount.intermediate), Double(headcount.clerks), Double(headcount.workers))
    let others = max(1, headcount.jobs - headcount.managers)
    var women = jobs * (Double(headcount.women - womenManagers) / Double(others))
    women[0] = Double(womenManagers)
    let weights = jobs * rates.levels
    let total = weights[0] + weights[1] + weights[2] + weights[3]
    var pay = SIMD4<Int>()
    var (weight, paid, womenPay) = (0.0, 0, 0.0)
    for occupation in 0..<4 where jobs[occupation] > 0 {
      // Cut where the shares of the occupations meet, so that the pieces are the whole to the euro.
      weight += weights[occupation]
      let upTo = Int(Double(headcount.pay) * (weight / total))
      pay[occupation] = upTo - paid
      paid = upTo
      let men = jobs[occupation] - women[occupation]
      let lowered = women[occupation] * (1 - gap)
      womenPay += Double(pay[occupation]) * (lowered / (lowered + men))
    }
    return (pay, min(headcount.pay, Int(womenPay)))
  }
}

extension CSVWriter {
  fileprivate mutating func fields(_ values: Int...) {
    for value in values {
      comma()
      number(value)
    }
  }
}

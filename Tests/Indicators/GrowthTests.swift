import TestSupport
import Testing

@testable import Indicators
@testable import Secrecy

/// Growth and what it is made of, worked out beside each result, and its laws on any figures.
@Suite("Growth by hand")
struct GrowthTests {
  @Test func `shift-share by hand`() throws {
    let cube = try TwoRegions.cube()
    // 100·(640/600 − 1); 100·(330/300 − 640/600); 120 − 100·330/300.
    #expect(try isNear(cube.value("I13", ["a10": "A"]), 20.0 / 3))
    #expect(try isNear(cube.value("I14", ["a10": "A"]), 10.0 / 3))
    #expect(try isNear(cube.value("I15", ["a10": "A"]), 10))
    // 50·(640/600 − 1); 50·(210/200 − 640/600); 45 − 50·210/200.
    #expect(try isNear(cube.value("I13", ["a10": "B"]), 10.0 / 3))
    #expect(try isNear(cube.value("I14", ["a10": "B"]), -5.0 / 6))
    #expect(try isNear(cube.value("I15", ["a10": "B"]), -7.5))
    // A sector that was empty: all that it gains is its own.
    #expect(try cube.value("I13", ["a10": "C"]) == 0)
    #expect(try cube.value("I14", ["a10": "C"]) == 0)
    #expect(try isNear(cube.value("I15", ["a10": "C"]), 10))
    // Allocation: (100 − 150·300/600)·(120/100 − 330/300); the rest of the local effect is 75·0.1.
    #expect(try isNear(cube.value("I16", ["a10": "A"]), 2.5))
    #expect(try isNear(cube.value("I15 - I16", ["a10": "A"]), 7.5))
    // South: (200 − 450·300/600)·(210/200 − 330/300) and 225·(−0.05).
    #expect(try isNear(cube.value("I16", place: 1, ["a10": "A"]), 1.25))
    #expect(try isNear(cube.value("I15 - I16", place: 1, ["a10": "A"]), -11.25))
    #expect(try cube.cell("I16", ["a10": "C"]).status == .notAvailable)
  }

  @Test func `the three parts add up to the change, everywhere`() throws {
    let cube = try TwoRegions.cube()
    for place in 0...2 {
      for sector in TwoRegions.sectors {
        let parts = try cube.value("I13 + I14 + I15", place: place, ["a10": sector])
        let change = try cube.value("jobs - jobs[year=previous]", place: place, ["a10": sector])
        #expect(isNear(parts, change), "\(place) \(sector)")
      }
      // Nothing is local in the reference itself.
      if place == 2 { #expect(try cube.value("sum(a10, abs(I15))", place: 2) < 1e-9) }
    }
    // What one region gains locally the other loses.
    for sector in TwoRegions.sectors {
      #expect(try abs(cube.value("sum(area, I15)", place: 2, ["a10": sector])) < 1e-9, "\(sector)")
    }
  }

  /// What comes by lot: the law does not hang on round numbers.
  @Test func `the parts of shift-share add up on any figures`() throws {
    var random = SplitMix64(seed: 41)
    for _ in 0..<30 {
      var jobs: [String: Double] = [:]
      for year in 2023...2024 {
        for place in 0...1 {
          for sector in TwoRegions.sectors { jobs["\(year) \(place) \(sector)"] = Double(random.number(1...900)) }
        }
      }
      let cube = try HandCube(
        years: [2023, 2024], places: 3, axes: ["who": ["ess"], "a10": ["A", "B", "C", "total"]], ["jobs"], reference: 2
      ) { spot, _ in
        let places = spot.place == 2 ? [0, 1] : [spot.place]
        let sectors = spot["a10"] == "total" ? TwoRegions.sectors : [spot["a10"]]
        let keys = places.flatMap { place in sectors.map { "\(spot.year) \(place) \($0)" } }
        return .constant(keys.compactMap { jobs[$0] }.reduce(0, +))
      }
      for place in 0...1 {
        for sector in TwoRegions.sectors {
          let spot = ["a10": sector]
          let change = try cube.value("jobs - jobs[year=previous]", place: place, spot)
          let scale = try cube.value("jobs + jobs[year=previous]", place: place, spot)
          #expect(try abs(cube.value("I13 + I14 + I15", place: place, spot) - change) <= 1e-9 * scale)
          let homothetic = try cube.value(
            "jobs[sector=total, year=previous] * jobs[area=reference, year=previous] / "
              + "jobs[sector=total, area=reference, year=previous] * (jobs / jobs[year=previous] - "
              + "jobs[area=reference] / jobs[area=reference, year=previous])", place: place, spot)
          let local = try cube.value("I15", place: place, spot)
          #expect(try abs(cube.value("I16", place: place, spot) + homothetic - local) <= 1e-9 * scale)
        }
        let growth = try cube.value("100 * (jobs / jobs[year=previous] - 1)", place: place)
        #expect(try isNear(cube.value("sum(a10, I20)", place: place), growth))
      }
      // Quotients weighted by the jobs of their areas, or by the sectors of the reference, are 1 on average.
      for sector in TwoRegions.sectors {
        let mean = try cube.value(
          "sum(area, I08 * jobs[sector=total]) / sum(area, jobs[sector=total])", place: 2, ["a10": sector])
        #expect(isNear(mean, 1), "\(sector)")
      }
      for place in 0...1 {
        let mean = try cube.value(
          "sum(a10, I08 * jobs[area=reference]) / jobs[sector=total, area=reference]", place: place)
        #expect(isNear(mean, 1))
        let distance = try cube.value("I09", place: place)
        #expect((0...1).contains(distance))
      }
      #expect(try cube.value("I09", place: 2) == 0)
    }
  }

  @Test func `contributions add up to the growth of the whole`() throws {
    let cube = try TwoRegions.cube()
    // 100·20/150, 100·(−5)/150, 100·10/150; together 100·25/150.
    #expect(try isNear(cube.value("I20", ["a10": "A"]), 40.0 / 3))
    #expect(try isNear(cube.value("I20", ["a10": "B"]), -10.0 / 3))
    #expect(try isNear(cube.value("I20", ["a10": "C"]), 20.0 / 3))
    #expect(try isNear(cube.value("sum(a10, I20)"), 50.0 / 3))
    #expect(try isNear(cube.value("I20"), 50.0 / 3))
  }

  @Test func `mean growth and base 100`() throws {
    let jobs: [Int: Double] = [2021: 200, 2022: 210, 2023: 231, 2024: 266.2]
    let cube = try HandCube(years: [2021, 2022, 2023, 2024], ["jobs"]) { spot, _ in .constant(jobs[spot.year] ?? 0) }
    #expect(try cube.value("I22", year: 2021) == 100)
    #expect(try isNear(cube.value("I22", year: 2024), 133.1))
    // 266.2 / 200 = 1.331 = 1.1³.
    #expect(try isNear(cube.value("I21", year: 2024), 10))
    for (year, count) in [(2022, 1), (2023, 2), (2024, 3)] {
      let rate = try cube.value("I21", year: year) / 100
      let growth = (0..<count).reduce(1.0) { product, _ in product * (1 + rate) }
      #expect(isNear(growth, (jobs[year] ?? 0) / 200), "\(year)")
    }
    #expect(try cube.cell("I21", year: 2021).status == .notAvailable)
  }
}

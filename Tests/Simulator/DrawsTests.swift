import Testing

@testable import Simulator

@Suite struct DrawsTests {
  @Test func sameSeedSamePurposeSameRank() {
    var one = Draws(5, .unit, 12)
    var two = Draws(5, .unit, 12)
    var rank = Draws(5, .unit, 13)
    var purpose = Draws(5, .enterprise, 12)
    var seed = Draws(6, .unit, 12)
    let first = one.next()
    #expect(first == two.next())
    #expect(first != rank.next())
    #expect(first != purpose.next())
    #expect(first != seed.next())
  }

  @Test func weightsAreKept() {
    let arena = Arena()
    let weights = [1.0, 0, 5, 3, 0.5, 0.5]
    let chooser = Chooser(weights, in: arena)
    var counts = [Int](repeating: 0, count: weights.count)
    var draws = Draws(1, .unit, 0)
    for _ in 0..<200_000 { counts[chooser.pick(&draws)] += 1 }
    #expect(counts[1] == 0)
    for (count, weight) in zip(counts, weights) {
      #expect(abs(Double(count) / 200_000 - weight / 10) < 0.005)
    }
  }

  @Test func oneWeightAndNoWeight() {
    let arena = Arena()
    var draws = Draws(1, .unit, 0)
    let single = Chooser([3], in: arena)
    #expect((0..<100).allSatisfy { _ in single.pick(&draws) == 0 })
    let even = Chooser([0, 0, 0], in: arena)
    #expect(Set((0..<100).map { _ in even.pick(&draws) }) == [0, 1, 2])
  }

  @Test(arguments: [0.0, 0.03, 0.5, 1])
  func ratesAreKept(share: Double) {
    var draws = Draws(2, .unit, 0)
    let rate = Rate(share)
    let count = (0..<100_000).reduce(0) { sum, _ in sum + (draws.happens(rate) ? 1 : 0) }
    #expect(abs(Double(count) / 100_000 - share) < 0.01)
  }

  @Test func repetitionsHaveTheirMean() {
    var draws = Draws(3, .unit, 0)
    let rate = Rate(meanRepetitions: 2.5)
    let sum = (0..<50_000).reduce(0) { sum, _ in sum + draws.repetitions(rate, atMost: 1_000) }
    #expect(abs(Double(sum) / 50_000 - 2.5) < 0.1)
    #expect(draws.repetitions(Rate(1), atMost: 7) == 7)
  }

  @Test func bandsHoldTheirHeadcounts() {
    for jobs in [0, 1, 2, 3, 9, 10, 19, 20, 249, 250, 4_999, 5_000, 10_000, 70_000] {
      let band = SizeBands.band(of: jobs)
      #expect(SizeBands.lowest[band] <= jobs)
      #expect(jobs <= SizeBands.highest[band] || band == SizeBands.codes.count - 1)
    }
  }
}

package io.portfoliostream.simulator.market;

/// What may be done with a listing.
///
/// @param tradable false for the symbol of the test feed, which can be watched but not ordered
/// @param fractionable whether parts of a share may be traded
/// @param easyToBorrow whether it may be sold short
/// @param overnight whether it trades between 20:00 and 04:00 New York time
public record Traits(
    AssetClass assetClass,
    boolean tradable,
    boolean fractionable,
    boolean easyToBorrow,
    boolean overnight) {

  /// A stock with which everything may be done.
  static final Traits STOCK = new Traits(AssetClass.US_EQUITY, true, true, true, true);

  /// A coin: it trades around the clock and is neither borrowed nor bought on margin.
  static final Traits COIN = new Traits(AssetClass.CRYPTO, true, true, false, true);

  /// What is quoted only.
  static final Traits QUOTED = new Traits(AssetClass.US_EQUITY, false, false, false, false);
}

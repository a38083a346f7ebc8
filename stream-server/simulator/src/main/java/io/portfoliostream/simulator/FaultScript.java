package io.portfoliostream.simulator;

import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.desk.Interventions;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.json.FaultJson;
import io.portfoliostream.simulator.rest.InterventionForm;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Reads scripts of faults and interventions, a JSON object to a line, and schedules them.
record FaultScript(FaultBoard faults, Interventions interventions, KeyRing keys) {
  private static final Logger LOG = System.getLogger(FaultScript.class.getName());

  /// Schedules all lines of a file, or none when one of them is wrong.
  void schedule(Path script) throws IOException {
    var lines = new ArrayList<Runnable>();
    int number = 0;
    for (var line : Files.readAllLines(script)) {
      number++;
      if (!line.isBlank()) {
        lines.add(checked(script, number, line));
      }
    }
    lines.forEach(Runnable::run);
  }

  private Runnable checked(Path script, int number, String line) {
    try {
      return scheduling(line);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s line %d: %s".formatted(script, number, e.getMessage()), e);
    }
  }

  private Runnable scheduling(String line) {
    if (InterventionForm.isMeant(line)) {
      var after = FaultJson.time(line);
      var intervention = InterventionForm.parse(line, keys);
      return () -> faults.schedule(after, () -> attempt(() -> interventions.make(intervention)));
    }
    var due = FaultJson.parseLine(line, name -> keys.find(name).map(AccountProfile::name));
    return () -> faults.schedule(due.after(), due.fault());
  }

  /// What cannot be done any more when its time has come does not stop what follows.
  private static void attempt(Runnable intervention) {
    try {
      intervention.run();
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "a line of the script could not be done: {0}", e.getMessage());
    }
  }
}

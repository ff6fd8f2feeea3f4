package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitPathsTest {

  private static Problems problem(double unit) {
    Problems problem = Problems.of(120, 15, 4);
    return problem.withScores(Arrays.stream(problem.y()).map(y -> unit * y).toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e250, 1e-280})
  void shouldHaveTheLassoFitsAtItsKnots(double unit) {
    Problems problem = problem(unit);
    List<PathKnot> knots = FitPaths.lasso(problem.input(), 0, true);
    assertEquals(0, knots.getLast().alpha());
    assertTrue(knots.getFirst().coefficients().stream().allMatch(b -> b == 0));
    for (int i = 1; i < knots.size(); i++) {
      assertTrue(knots.get(i).alpha() < knots.get(i - 1).alpha());
      LinearFit fit = problem.fit(Lasso.defaults().withAlpha(knots.get(i).alpha()));
      for (int j = 0; j < 15; j++) {
        assertEquals(fit.coefficients().get(j), knots.get(i).coefficients().get(j), 1e-8 * unit);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e250})
  void shouldTakeInOneMoreAtEachKnotOfLeastAngleRegression(double unit) {
    List<PathKnot> knots = FitPaths.lars(problem(unit).input(), 0, false);
    assertEquals(16, knots.size());
    for (int i = 0; i < knots.size(); i++) {
      assertEquals(i, knots.get(i).coefficients().stream().filter(b -> b != 0).count());
    }
    assertThrows(
        UnsupportedOperationException.class, () -> knots.getFirst().coefficients().set(0, 1.0));
  }
}

package io.clipvault;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/**
 * Enforces the architecture: module dependencies, visibility, and what no code may do.
 */
class ArchitectureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.clipvault");

	private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.clipvault");

	@Test
	void modulesKnowOnlyWhatTheyDeclareAndFormNoCycle() {
		ApplicationModules.of(ClipvaultApplication.class).verify();
	}

	@Test
	void controllersArePackagePrivate() {
		classes().that()
			.areAnnotatedWith(RestController.class)
			.or()
			.areAnnotatedWith(Controller.class)
			.should()
			.bePackagePrivate()
			.check(MAIN);
	}

	@Test
	void nothingDependsOnAController() {
		noClasses().should()
			.dependOnClassesThat()
			.areAnnotatedWith(RestController.class)
			.because("a controller is only called over HTTP")
			.check(MAIN.that(DescribedPredicate.not(JavaClass.Predicates.simpleNameEndingWith("Controller"))));
	}

	@Test
	void dependenciesComeThroughTheConstructor() {
		noFields().should().beAnnotatedWith(Autowired.class).check(MAIN);
	}

	@Test
	void timeComesFromTheClock() {
		noClasses().should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.check(MAIN);
	}

	@Test
	void caseIsConvertedWithALocale() {
		noClasses().should()
			.callMethod(String.class, "toLowerCase")
			.orShould()
			.callMethod(String.class, "toUpperCase")
			.because("in a Turkish locale 'I' becomes something else: pass " + Locale.class.getSimpleName() + ".ROOT")
			.check(ALL);
	}

	@Test
	void testsStepTheirClocksAndNeverSleep() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
		noClasses().should().callMethod(Thread.class, "sleep", Duration.class).check(ALL);
	}

	@Test
	void constantsAreFinal() {
		noFields().that()
			.areStatic()
			.should()
			.notHaveModifier(JavaModifier.FINAL)
			.because("state that all tests and contexts share is a race")
			.check(MAIN);
	}

}

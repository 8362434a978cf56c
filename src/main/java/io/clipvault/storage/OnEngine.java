package io.clipvault.storage;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Compares the annotation's engine with the one that the environment selects. */
class OnEngine implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		StorageEngine wanted = metadata.getAnnotations()
			.get(ConditionalOnEngine.class)
			.getEnum("value", StorageEngine.class);
		return StorageEngine.chosen(context.getEnvironment()) == wanted;
	}

}
